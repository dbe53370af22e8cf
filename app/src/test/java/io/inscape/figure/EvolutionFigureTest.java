package io.inscape.figure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inscape.matrix.Rng;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

final class EvolutionFigureTest {
  private static final List<String> STEPS = List.of("epoch 0", "epoch 5");
  private static final List<String> CLASSES = List.of("zero", "one");
  private static final Pattern NUMBERS = Pattern.compile("-?\\d+");

  @Test
  void slicesOfASequenceShareOneFrame() throws Exception {
    Slices slices =
        new Slices(
            List.of(
                new Slices.Slice("epoch 0", List.of("NH own 50.0"), new float[] {0, 0, 1, 1}),
                new Slices.Slice("epoch 5", List.of(), new float[] {0, 0, 4, 4})),
            new int[] {0, 1});
    Document svg = draw(slices);
    assertThat(svg.getDocumentElement().getTextContent())
        .contains("epoch 0", "NH own 50.0", "epoch 5", "zero", "one", "how it was made");
    List<double[]> places = dots(svg);
    assertThat(places).hasSize(4);
    // the second observation goes four times as far from the first in the second slice
    double before = places.get(1)[0] - places.get(0)[0];
    double after = places.get(3)[0] - places.get(2)[0];
    assertThat(after / before).isBetween(3.9, 4.1);
    assertThat(places.get(3)[1]).isLessThan(places.get(2)[1]); // what is up is drawn up
  }

  /// The ends of the paths that are dots, in pixels.
  private static List<double[]> dots(Document svg) {
    List<double[]> places = new ArrayList<>();
    NodeList paths = svg.getElementsByTagName("path");
    for (int i = 0; i < paths.getLength(); i++) {
      String data = ((Element) paths.item(i)).getAttribute("d");
      if (data.endsWith("h0")) {
        Matcher numbers = NUMBERS.matcher(data);
        assertThat(numbers.find()).isTrue();
        double x = Integer.parseInt(numbers.group()) / 10.0;
        assertThat(numbers.find()).isTrue();
        places.add(new double[] {x, Integer.parseInt(numbers.group()) / 10.0});
      }
    }
    return places;
  }

  @Test
  void trailsAreDarkEarlyAndBrightLateInOneHueForEachClass() throws Exception {
    float[] samples = {0, 0, 10, 0, 0, 5, 10, 5};
    Document svg =
        draw(new TrailPanel("Trails", List.of("words"), samples, new int[] {0, 1}, STEPS));
    NodeList paths = svg.getElementsByTagName("path");
    List<String> first = new ArrayList<>();
    for (int i = 0; i < paths.getLength(); i++) {
      first.add(((Element) paths.item(i)).getAttribute("stroke"));
    }
    assertThat(first).hasSize(2 * 18).doesNotHaveDuplicates();
    assertThat(brightness(first.getFirst())).isLessThan(brightness(first.get(16)));
    assertThat(brightness(first.get(16))).isLessThan(brightness(first.getLast()));
    assertThat(svg.getDocumentElement().getTextContent())
        .contains("dark early (epoch 0)", "bright late (epoch 5)", "words");
  }

  private static int brightness(String hex) {
    int value = Integer.parseInt(hex.substring(1), 16);
    return (value >> 16 & 255) + (value >> 8 & 255) + (value & 255);
  }

  @Test
  void theLightnessOfARampRisesForEveryClassAndHuesAreApart() {
    Set<String> middle = new HashSet<>();
    for (int label = 0; label < 10; label++) {
      int last = 0;
      for (double time = 0; time <= 1; time += 0.1) {
        int now = brightness(Ramp.trail(label, time));
        assertThat(now).as("class %s at %s", label, time).isGreaterThan(last);
        last = now;
      }
      middle.add(Ramp.trail(label, 0.5));
    }
    assertThat(middle).hasSize(10);
    assertThat(Ramp.trail(10, 0.5)).isEqualTo(Ramp.trail(0, 0.5));
    assertThat(Oklch.hex(1, 0, 0)).isEqualTo("#ffffff");
    assertThat(Oklch.hex(0.62796, 0.25768, 29.234)).isEqualTo("#ff0000"); // as CSS Color 4 has it
    assertThat(Oklch.hex(0.5, 9, 120)).matches("#[0-9a-f]{6}"); // more than a screen has
  }

  @Test
  void aFileOfManyTrailsStaysSmall() {
    int trails = 2_000;
    int samples = 97;
    RandomGenerator random = Rng.of(1, "trails");
    float[] values = new float[trails * samples * 2];
    for (int i = 0; i < trails; i++) {
      double angle = random.nextDouble() * 2 * Math.PI;
      double turn = random.nextGaussian();
      for (int s = 0; s < samples; s++) {
        double time = s / (samples - 1.0);
        values[(i * samples + s) * 2] = (float) (time * Math.cos(angle + turn * time));
        values[(i * samples + s) * 2 + 1] = (float) (time * Math.sin(angle + turn * time));
      }
    }
    int[] labels = new int[trails];
    for (int i = 0; i < trails; i++) {
      labels[i] = i % 10;
    }
    List<String> names = java.util.stream.IntStream.range(0, 10).mapToObj(String::valueOf).toList();
    TrailPanel panel = new TrailPanel("Trails", List.of(), values, labels, STEPS);
    String svg = svg(names, panel);
    assertThat(svg.length()).isLessThan(1_500_000);
    assertThat(svg).isEqualTo(svg(names, panel));
    int[] many = new int[9_000];
    String some =
        svg(names, new TrailPanel("Trails", List.of(), new float[9_000 * 4], many, STEPS));
    assertThat(some).contains("4,000 of 9,000 trails are drawn, evenly chosen");
  }

  @Test
  void aFieldIsDrawnByItsSpeedWithItsDirectionAndTheNamesOfTheClasses() throws Exception {
    float[] points = {
      0, 0, 0, 1, 0, 1, 0, 1, 0, 2, 0, 1, 0, 3, 0, 1, 0, 4, 0, 1, 1, 0, 2, .1f, 1, 1, 2, .1f, 1, 2,
      2, .1f
    };
    FieldPanel panel =
        new FieldPanel(
            "Field",
            List.of(),
            points,
            new Bounds(0, 0, 4, 4),
            List.of(new FieldPanel.Mark(1, 3, 1, "<one>")));
    Document svg = draw(panel);
    NodeList paths = svg.getElementsByTagName("path");
    assertThat(paths.getLength()).isEqualTo(3); // a slow line, a fast one and its arrow
    double slow = opacity(paths, 0);
    assertThat(slow).isLessThan(opacity(paths, 1)).isPositive();
    assertThat(opacity(paths, 1)).isEqualTo(opacity(paths, 2));
    assertThat(svg.getDocumentElement().getTextContent()).contains("<one>", "Field: movement");
  }

  @Test
  void namesOfClassesThatLieCloseTogetherDoNotCoverEachOther() throws Exception {
    List<String> names = List.of("Pullover", "Coat", "Shirt", "Dress", "Bag", "Sandal");
    List<FieldPanel.Mark> marks = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      marks.add(new FieldPanel.Mark(2 + .01 * i, 2 - .02 * i, i, names.get(i)));
    }
    Document svg =
        draw(new FieldPanel("Field", List.of(), new float[0], new Bounds(0, 0, 4, 4), marks));
    NodeList texts = svg.getElementsByTagName("text");
    List<double[]> boxes = new ArrayList<>();
    for (int i = 0; i < texts.getLength(); i++) {
      Element text = (Element) texts.item(i);
      if (names.contains(text.getTextContent())) {
        double middle = Double.parseDouble(text.getAttribute("x"));
        double half = 4.2 * text.getTextContent().length();
        double baseline = Double.parseDouble(text.getAttribute("y"));
        boxes.add(new double[] {middle - half, middle + half, baseline - 12, baseline + 4});
      }
    }
    assertThat(boxes).hasSize(names.size());
    for (int i = 0; i < boxes.size(); i++) {
      for (int j = 0; j < i; j++) {
        double[] one = boxes.get(i);
        double[] other = boxes.get(j);
        boolean apart =
            one[0] >= other[1] - .2 // written with one digit
                || other[0] >= one[1] - .2
                || one[2] >= other[3] - .2
                || other[2] >= one[3] - .2;
        assertThat(apart).as("%s and %s", names.get(j), names.get(i)).isTrue();
      }
    }
  }

  private static double opacity(NodeList paths, int index) {
    return Double.parseDouble(((Element) paths.item(index)).getAttribute("stroke-opacity"));
  }

  @Test
  void aFieldWithoutLinesAndTrailsThatStandStillAreFine() throws Exception {
    draw(new FieldPanel("Field", List.of(), new float[0], new Bounds(0, 0, 0, 0), List.of()));
    draw(new TrailPanel("Trails", List.of(), new float[8], new int[] {0, 1}, STEPS));
  }

  @Test
  void refusesWhatDoesNotFit() {
    assertThatThrownBy(() -> new EvolutionFigure("", List.of(), List.of(), ""))
        .hasMessage("a figure needs at least one column");
    assertThatThrownBy(() -> new Slices(List.of(), new int[1]))
        .hasMessage("small multiples need at least one slice");
    assertThatThrownBy(
            () -> new Slices(List.of(new Slices.Slice("", List.of(), new float[3])), new int[2]))
        .hasMessage("a slice of 2 observations cannot have 3 coordinates");
    assertThatThrownBy(() -> new TrailPanel("", List.of(), new float[7], new int[] {0, 1}, STEPS))
        .hasMessage(
            "2 trails need the same number of samples each, at least two, got 7 coordinates");
    assertThatThrownBy(
            () -> new TrailPanel("", List.of(), new float[8], new int[2], List.of("one")))
        .hasMessage("trails need at least two steps, got 1");
    assertThatThrownBy(
            () -> new FieldPanel("", List.of(), new float[5], new Bounds(0, 0, 1, 1), List.of()))
        .hasMessage("points of a line have four numbers each, got 5 numbers");
  }

  private static String svg(List<String> names, Block block) {
    return new EvolutionFigure(
            "title", List.of(new Column("column", List.of(block))), names, "how it was made")
        .svg();
  }

  private static Document draw(Block block) throws Exception {
    return DocumentBuilderFactory.newDefaultInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(svg(CLASSES, block).getBytes(StandardCharsets.UTF_8)));
  }
}

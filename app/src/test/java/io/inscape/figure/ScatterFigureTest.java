package io.inscape.figure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class ScatterFigureTest {
  private static final float[] SQUARE = {0, 0, 10, 0, 10, 10, 0, 10};

  @Test
  void drawsACircleForEachObservationAndATriangleForTheWrongOnes() throws Exception {
    BitSet wrong = new BitSet();
    wrong.set(2);
    Document svg = draw(new Panel("fc1", "NH 100 %", SQUARE, 2, new int[] {0, 1, 1, 0}, wrong));

    NodeList circles = svg.getElementsByTagName("circle");
    assertThat(circles.getLength()).isEqualTo(3 + 2); // points and legend
    assertThat(svg.getElementsByTagName("path").getLength()).isEqualTo(1 + 1); // point and legend
    Element first = (Element) circles.item(0);
    Element second = (Element) circles.item(1);
    assertThat(first.getAttribute("fill")).isEqualTo("#1f77b4");
    assertThat(second.getAttribute("fill")).isEqualTo("#ff7f0e");
    double width =
        Double.parseDouble(second.getAttribute("cx"))
            - Double.parseDouble(first.getAttribute("cx"));
    assertThat(width).isEqualTo(400 - 24); // the panel's side without its margin
    assertThat(second.getAttribute("cy")).isEqualTo(first.getAttribute("cy"));
  }

  @Test
  void drawsUpwardsWhatIsUp() throws Exception {
    Document svg = draw(new Panel("", "", SQUARE, 2, new int[] {0, 0, 0, 0}, new BitSet()));
    NodeList circles = svg.getElementsByTagName("circle");
    assertThat(Double.parseDouble(((Element) circles.item(2)).getAttribute("cy")))
        .isLessThan(Double.parseDouble(((Element) circles.item(0)).getAttribute("cy")));
  }

  @Test
  void keepsAnyTextWellFormed() throws Exception {
    Document svg =
        draw(
            new Panel(
                "a < b & \"c\"", "<script>", SQUARE, 2, new int[] {0, 1, 1, 0}, new BitSet()));
    assertThat(svg.getDocumentElement().getTextContent())
        .contains("a < b & \"c\"", "<script>", "one (2)", "how it was made");
    assertThat(svg.getElementsByTagName("script").getLength()).isZero();
  }

  @Test
  void drawsObservationsThatAreAllInOnePlace() throws Exception {
    Document svg = draw(new Panel("", "", new float[8], 2, new int[] {0, 1, 1, 0}, new BitSet()));
    assertThat(((Element) svg.getElementsByTagName("circle").item(0)).getAttribute("cx"))
        .isEqualTo("224.00");
  }

  @Test
  void refusesPositionsThatDoNotFitTheLabels() {
    assertThatThrownBy(() -> new Panel("", "", new float[7], 2, new int[4], new BitSet()))
        .hasMessage("a panel of 4 observations in 2 dimensions cannot have 7 coordinates");
    assertThatThrownBy(() -> new ScatterFigure("", List.of(), List.of(), ""))
        .hasMessage("a figure needs at least one panel");
  }

  private static Document draw(Panel panel) throws Exception {
    String svg =
        new ScatterFigure("title", List.of(panel), List.of("zero", "one"), "how it was made").svg();
    return DocumentBuilderFactory.newDefaultInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
  }
}

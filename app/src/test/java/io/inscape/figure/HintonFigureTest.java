package io.inscape.figure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.inscape.matrix.Rng;
import io.inscape.weight.HintonDiagram;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

final class HintonFigureTest {
  private static final int ROWS = 12;
  private static final int COLS = 9;
  private static final int LEFT = 24;
  private static final int TOP = 84;
  private static final int ZOOM = 8;
  private static final Pattern SQUARE = Pattern.compile("M([0-9.]+) ([0-9.]+)h([0-9.]+)v\\3h-\\3z");

  @Test
  void aSquareHasItsShareOfPixels() {
    float[] weights = weights();
    HintonFigure figure =
        new HintonFigure(
            "t", List.of("n"), List.of(HintonDiagram.of(weights, ROWS, COLS, 128)), "p");
    int cell = figure.cell();
    BufferedImage image = drawn(figure.svg(), cell);
    for (int row = 0; row < ROWS; row++) {
      for (int col = 0; col < COLS; col++) {
        float weight = weights[row * COLS + col];
        double area = area(image, row, col, cell, weight > 0 ? 255 : 0);
        // all weights are at most 1, which fills the cell
        assertThat(area)
            .as("%d, %d", row, col)
            .isCloseTo(Math.abs(weight), within(0.02 * Math.abs(weight)));
      }
    }
  }

  /// Sizes from a tenth to one.
  private static float[] weights() {
    RandomGenerator random = Rng.of(3, "hinton");
    float[] weights = new float[ROWS * COLS];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = (float) ((random.nextBoolean() ? 1 : -1) * (0.1 + 0.9 * random.nextDouble()));
    }
    weights[5] = -1;
    return weights;
  }

  private static BufferedImage drawn(String svg, int cell) {
    BufferedImage image =
        new BufferedImage(COLS * cell * ZOOM, ROWS * cell * ZOOM, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.setColor(new Color(0x888888));
    graphics.fillRect(0, 0, image.getWidth(), image.getHeight());
    graphics.setTransform(
        new AffineTransform(ZOOM, 0, 0, ZOOM, -LEFT * (double) ZOOM, -TOP * (double) ZOOM));
    for (String part : List.of("positive", "negative")) {
      graphics.setColor(part.equals("positive") ? Color.WHITE : Color.BLACK);
      int at = svg.indexOf("class=\"" + part);
      Matcher square = SQUARE.matcher(svg.substring(at, svg.indexOf("/>", at)));
      while (square.find()) {
        double side = Double.parseDouble(square.group(3));
        graphics.fill(
            new Rectangle2D.Double(
                Double.parseDouble(square.group(1)),
                Double.parseDouble(square.group(2)),
                side,
                side));
      }
    }
    graphics.dispose();
    return image;
  }

  /// How much of a cell is drawn in a grey level, in parts between it and the ground.
  private static double area(BufferedImage image, int row, int col, int cell, int level) {
    double sum = 0;
    int side = cell * ZOOM;
    for (int y = row * side; y < (row + 1) * side; y++) {
      for (int x = col * side; x < (col + 1) * side; x++) {
        sum += ((image.getRGB(x, y) & 255) - 0x88) / (double) (level - 0x88);
      }
    }
    return sum / ((double) side * side);
  }

  @Test
  void everyDiagramHasTheScaleOfTheLargest() {
    String svg =
        new HintonFigure(
                "t",
                List.of("one", "two"),
                List.of(
                    HintonDiagram.of(new float[] {0.25f}, 1, 1, 4),
                    HintonDiagram.of(new float[] {-1}, 1, 1, 4)),
                "p")
            .svg();
    Matcher square = SQUARE.matcher(svg);
    assertThat(square.find()).isTrue();
    assertThat(square.group(3)).isEqualTo("12");
    assertThat(square.find()).isTrue();
    assertThat(square.group(3)).isEqualTo("24");
  }

  @Test
  void aLostWeightIsRed() {
    String svg =
        new HintonFigure(
                "t",
                List.of("n"),
                List.of(HintonDiagram.of(new float[] {Float.NaN, 1}, 1, 2, 4)),
                "p")
            .svg();
    assertThat(svg).contains("class=\"lost\" fill=\"#d62728\" d=\"M24 84h24v24h-24z\"");
  }

  @Test
  void refusesDiagramsWithoutNames() {
    assertThatThrownBy(() -> new HintonFigure("t", List.of("n"), List.of(), "p"))
        .hasMessage("1 names cannot stand above 0 Hinton diagrams");
  }
}

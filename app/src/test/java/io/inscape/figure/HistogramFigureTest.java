package io.inscape.figure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

final class HistogramFigureTest {
  @Test
  void panelsOfAColumnShareTheirAxes() {
    HistogramPanel one =
        new HistogramPanel("a <b>", "c", new double[] {0, 1, 2}, new int[] {1, 3}, 1.5);
    HistogramPanel other =
        new HistogramPanel("d", "e", new double[] {0, 1, 2}, new int[] {6, 0}, 0.5);
    String svg = new HistogramFigure("t", List.of(List.of(one, other)), "p").svg();
    // 300 x 120 pixels: the highest bar of the column is 6
    assertThat(svg)
        .contains("d=\"M24 216V196H174V216ZM174 216V156H324V216Z\"")
        .contains("d=\"M24 406V286H174V406Z\"")
        .contains("x1=\"249\" y1=\"96\" x2=\"249\" y2=\"216\" stroke=\"#d62728\"")
        .contains("x1=\"99\" y1=\"286\" x2=\"99\" y2=\"406\" stroke=\"#d62728\"")
        .contains("a &lt;b&gt;");
  }

  @Test
  void refusesWhatIsNoHistogram() {
    assertThatThrownBy(() -> new HistogramPanel("t", "c", new double[2], new int[2], 0))
        .hasMessage("2 bins cannot have 2 edges");
    assertThatThrownBy(() -> new HistogramFigure("t", List.of(), "p"))
        .hasMessageContaining("at least one histogram");
  }
}

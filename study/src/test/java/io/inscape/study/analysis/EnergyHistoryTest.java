package io.inscape.study.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.inscape.study.file.Json;
import java.util.List;
import org.junit.jupiter.api.Test;

class EnergyHistoryTest {
  @Test
  void aLongRunKeepsAFewHundredEvenPointsWithBothEnds() {
    EnergyHistory history = new EnergyHistory();
    for (int i = 0; i <= 100_000; i++) {
      history.add(i, 1.0 / (1 + i));
      assertThat(history.points().size()).isLessThanOrEqualTo(EnergyHistory.MOST_POINTS);
    }
    List<EnergyHistory.Point> points = history.points();
    assertThat(points).hasSizeBetween(150, 400);
    assertThat(points.getFirst()).isEqualTo(new EnergyHistory.Point(0, 1));
    assertThat(points.getLast().iteration()).isEqualTo(100_000);
    int widest = 0;
    for (int i = 1; i < points.size(); i++) {
      int step = points.get(i).iteration() - points.get(i - 1).iteration();
      assertThat(step).isPositive();
      widest = Math.max(widest, step);
    }
    assertThat(widest).isLessThan(100_000 / 100);
  }

  @Test
  void aPointIsAPairInJson() {
    EnergyHistory history = new EnergyHistory();
    assertThat(history.points()).isEmpty();
    assertThat(history.newest()).isNull();
    history.add(50, 1.25);
    assertThat(Json.write(history.points())).isEqualTo("[[50,1.25]]");
    assertThat(Json.read("[50,1.25]", EnergyHistory.Point.class))
        .isEqualTo(new EnergyHistory.Point(50, 1.25));
  }
}

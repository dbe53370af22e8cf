package io.inscape.study.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inscape.cluster.ClusterParams;
import io.inscape.matrix.Progress;
import io.inscape.matrix.Workers;
import io.inscape.projection.params.TsneParams;
import io.inscape.study.ActivationSource;
import io.inscape.study.SmallStudies;
import io.inscape.study.Study;
import io.inscape.study.StudyConfig;
import io.inscape.study.analysis.AnalysisResult;
import io.inscape.study.analysis.ProjectionAnalysis;
import io.inscape.study.analysis.Results;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(300)
final class ClusterAnalysisTest {
  private static final ProjectionAnalysis PIXELS =
      ProjectionAnalysis.of(new ActivationSource.Input(), TsneParams.defaults());

  private static ClusterAnalysis ask(AnalysisResult projection) {
    return ClusterAnalysis.of(projection.digest(), ClusterParams.defaults());
  }

  private static List<?> classes(AnalysisResult result) {
    return (List<?>) result.report().get("classes");
  }

  private static AnalysisResult clusters(Path folder, String pipeline, Workers workers) {
    StudyConfig config =
        StudyConfig.of("half", "mnist:inverted-half").withPipeline(pipeline).withSampleCount(800);
    try (Study study = Study.create(folder, config)) {
      Results results = new Results(study);
      AnalysisResult projection = results.compute(PIXELS, workers, Progress.none());
      return results.compute(ask(projection), workers, Progress.none());
    }
  }

  @Test
  void aHalfInvertedSetHasTwoClustersPerClassForItsPolarityAndNotAfterSobel(@TempDir Path folder) {
    try (Workers workers = Workers.of(2)) {
      AnalysisResult half = clusters(folder.resolve("half"), "scale", workers);
      int split = 0;
      for (Object one : classes(half)) {
        Map<?, ?> each = (Map<?, ?>) one;
        if ((Integer) each.get("clusters") >= 2 && each.get("explained") instanceof Map<?, ?> by) {
          split += by.get("statistic").equals("polarity") ? 1 : 0;
          assertThat((Double) by.get("low")).isLessThan(-.8);
          assertThat((Double) by.get("high")).isGreaterThan(.8);
          assertThat((Double) by.get("effect")).isGreaterThan(.9);
        }
      }
      assertThat(split).isGreaterThanOrEqualTo(8);
      assertThat(half.source()).containsEntry("layer", "input").containsKey("of");

      AnalysisResult edges = clusters(folder.resolve("edges"), "scale,sobel,blur(1)", workers);
      int single = 0;
      for (Object one : classes(edges)) {
        Map<?, ?> each = (Map<?, ?>) one;
        single += each.get("clusters").equals(1) ? 1 : 0;
        assertThat(String.valueOf(each.get("explained"))).doesNotContain("polarity");
      }
      assertThat(single).isGreaterThanOrEqualTo(7); // pixels alone split a digit or two by its form
    }
  }

  @Test
  void classesWithFewObservationsAreNotJudgedAndOtherResultsAreRefused(@TempDir Path folder)
      throws IOException {
    try (Study study = SmallStudies.create(folder);
        Workers workers = Workers.of(2)) {
      Results results = new Results(study);
      AnalysisResult projection =
          results.compute(
              ProjectionAnalysis.of(
                  new ActivationSource.Input(), TsneParams.defaults().withPerplexity(10)),
              workers,
              Progress.none());
      AnalysisResult result = results.compute(ask(projection), workers, Progress.none());
      assertThat(result.report())
          .containsEntry("summary", "No class has enough observations to tell clusters.")
          .containsEntry("projection", "tsne");
      Map<?, ?> first = (Map<?, ?>) classes(result).getFirst();
      assertThat(first.get("clusters")).isNull();
      assertThat((String) first.get("why")).contains("too few");
      assertThat(results.column(result.digest(), "cluster").ints())
          .hasSize(SmallStudies.SAMPLE)
          .containsOnly(-1);
      assertThat(results.list("clusters", projection.digest())).hasSize(1);
      assertThatThrownBy(() -> results.find(ask(result)))
          .hasMessageContaining("clusters are those of a projection");
    }
  }
}

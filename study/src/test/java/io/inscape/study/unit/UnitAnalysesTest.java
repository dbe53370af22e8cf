package io.inscape.study.unit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.inscape.activation.NpyFile;
import io.inscape.matrix.Matrix;
import io.inscape.matrix.Progress;
import io.inscape.matrix.Rng;
import io.inscape.matrix.Workers;
import io.inscape.neuron.ForestParams;
import io.inscape.parameter.ParameterField;
import io.inscape.parameter.Parameters;
import io.inscape.study.SmallStudies;
import io.inscape.study.Study;
import io.inscape.study.VectorStudyConfig;
import io.inscape.study.analysis.AnalysisResult;
import io.inscape.study.analysis.ComputedAnalysis;
import io.inscape.study.analysis.Results;
import io.inscape.study.file.StudyFolder;
import io.inscape.study.sequence.SequenceSource.ByEpoch;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Maps, scores and trails of the units of a small network on real digits.
@Timeout(120)
final class UnitAnalysesTest {
  private static final UnitSource TRAINED = UnitSource.of("a", 2, "fc1");
  private static final ScoreParams QUICK =
      ScoreParams.of(ForestParams.defaults().withTrees(60), true);

  @TempDir private static Path made;
  @TempDir private Path folder;
  private Study study;
  private Results results;
  private Workers workers;

  @BeforeAll
  static void train() throws IOException {
    try (Study study = SmallStudies.create(made);
        Workers workers = Workers.of(2)) {
      study.train(SmallStudies.request("a", 0, 1, 2), 2);
      for (int epoch : new int[] {0, 1, 2}) {
        UnitSource source = UnitSource.of("a", epoch, "fc1");
        study.vectors(source.activations(), workers, Progress.none());
      }
    }
  }

  @BeforeEach
  void open() throws IOException {
    SmallStudies.copy(made.resolve("study"), folder.resolve("study"));
    study = Study.open(folder.resolve("study"));
    results = new Results(study);
    workers = Workers.of(2);
  }

  @AfterEach
  void close() {
    workers.close();
    study.close();
  }

  private static UnitMapAnalysis map(UnitSource source) {
    return UnitMapAnalysis.of(source, "smacof", Map.of());
  }

  private static UnitTrailAnalysis trails(Integer... epochs) {
    return new UnitTrailAnalysis(
        new ByEpoch("a", "fc1", List.of(epochs)), Optional.empty(), UnitTrailParams.defaults());
  }

  private AnalysisResult computed(ComputedAnalysis analysis) {
    return results.compute(analysis, workers, Progress.none());
  }

  private static List<Integer> numbers(Map<String, Object> report, String field) {
    return ((List<?>) report.get(field)).stream().map(Integer.class::cast).toList();
  }

  /// What other units than the network's own would have given.
  private void keep(int epoch, float[] values) {
    Path file =
        new StudyFolder(study.folder())
            .activations("a", epoch)
            .resolve(StudyFolder.layerFile("fc1"));
    NpyFile.writeFloats(file, values, SmallStudies.SAMPLE, values.length / SmallStudies.SAMPLE);
  }

  private float[] read(int epoch) {
    UnitSource source = UnitSource.of("a", epoch, "fc1").resolve(study);
    return UnitActivations.read(study, source, workers, Progress.none()).toArray();
  }

  /// Unit 10 tells class 3; 20 and 30 are what 5 is, and its inverse; 40 and 50 are constant.
  private void plant() {
    float[] values = read(2);
    int units = values.length / SmallStudies.SAMPLE;
    int[] labels = study.labels();
    RandomGenerator random = Rng.of(1, "noise");
    for (int i = 0; i < labels.length; i++) {
      int at = i * units;
      values[at + 5] = random.nextFloat() + (labels[i] % 3);
      values[at + 10] = (labels[i] == 3 ? 1 : 0) + .2f * random.nextFloat();
      values[at + 20] = values[at + 5];
      values[at + 30] = 1 - 2 * values[at + 5];
      values[at + 40] = 0;
      values[at + 50] = 2.5f;
    }
    keep(2, values);
  }

  @Test
  void aPlantedIndicatorOfAClassIsItsBestUnitAndConstantUnitsScoreNothing() {
    plant();
    AnalysisResult result = computed(new ScoreAnalysis(TRAINED, QUICK));
    Map<String, Object> report = result.report();
    List<?> top = (List<?>) report.get("top");
    assertThat(((List<?>) top.get(3)).getFirst()).isEqualTo(10);
    assertThat(report).containsEntry("units", 1000).containsEntry("pooling", "none");
    assertThat(numbers(report, "dead")).contains(40, 50);
    assertThat(report.get("skipped")).isEqualTo(List.of());
    Map<?, ?> best = (Map<?, ?>) ((List<?>) report.get("best")).get(3);
    assertThat(best.get("unit")).isEqualTo(10);
    assertThat(result.columns().keySet())
        .containsExactlyInAnyOrder("scores", "second", "mean", "overall", "deviation");
    float[] scores = results.column(result.digest(), "scores").floats();
    float[] means = results.column(result.digest(), "mean").floats();
    for (int target = 0; target < 10; target++) {
      assertThat(scores[target * 1000 + 40]).isZero();
      assertThat(means[target * 1000 + 50]).isEqualTo(2.5f);
      double sum = 0;
      for (int unit = 0; unit < 1000; unit++) {
        sum += scores[target * 1000 + unit];
      }
      assertThat(sum).isCloseTo(1, within(1e-4));
    }
    assertThat(means[3 * 1000 + 10]).isBetween(1f, 1.2f);
    assertThat(means[4 * 1000 + 10]).isBetween(0f, .2f);
    assertThat(results.column(result.digest(), "deviation").floats()[50]).isZero();
    assertThat(results.column(result.digest(), "overall").floats()[50]).isEqualTo(2.5f);
  }

  @Test
  void copiesAndInvertedCopiesLandWithinOnePercentOfTheExtent() {
    plant();
    AnalysisResult result = computed(map(TRAINED));
    int[] units = results.column(result.digest(), "unit").ints();
    float[] layout = results.column(result.digest(), "layout").floats();
    float low = Float.POSITIVE_INFINITY;
    float high = Float.NEGATIVE_INFINITY;
    for (int at = 0; at < layout.length; at += 2) {
      low = Math.min(low, layout[at]);
      high = Math.max(high, layout[at]);
    }
    for (int other : new int[] {20, 30}) {
      int a = 2 * Arrays.binarySearch(units, 5);
      int b = 2 * Arrays.binarySearch(units, other);
      assertThat(Math.hypot(layout[a] - layout[b], layout[a + 1] - layout[b + 1]))
          .isLessThan(.01 * (high - low));
    }
    assertThat(numbers(result.report(), "dead")).contains(40, 50);
    assertThat(units).doesNotContain(40, 50);
    assertThat(units.length).isEqualTo(1000 - ((List<?>) result.report().get("dead")).size());
    assertThat((Double) result.report().get("stress")).isBetween(.1, .6);
    assertThat(result.parameters()).containsEntry("measure", "pearson").containsKey("tolerance");
  }

  @Test
  void trailsFollowTheUnitsThatVaryAtEveryEpoch() {
    float[] values = read(1);
    for (int i = 0; i < SmallStudies.SAMPLE; i++) {
      values[i * 1000 + 7] = 1;
    }
    keep(1, values);
    AnalysisResult result = computed(trails());
    assertThat(result.source())
        .isEqualTo(
            Map.of("run", "a", "layer", "fc1", "epochs", List.of(0, 1, 2), "pooling", "none"));
    assertThat(result.report())
        .containsEntry("names", List.of("epoch 0", "epoch 1", "epoch 2"))
        .containsEntry("epochs", List.of(0, 1, 2));
    List<Integer> excluded = numbers(result.report(), "excluded");
    assertThat(excluded).contains(7);
    int[] units = results.column(result.digest(), "unit").ints();
    assertThat(units.length).isEqualTo(1000 - excluded.size());
    assertThat(results.column(result.digest(), "layouts").shape())
        .containsExactly(3, units.length, 2);
    float[] length = results.column(result.digest(), "length").floats();
    assertThat(length).hasSize(units.length);
    float most = 0;
    for (float one : length) {
      assertThat(one).isNotNegative();
      most = Math.max(most, one);
    }
    assertThat(most).isPositive();
  }

  @Test
  void theBytesDoNotDependOnTheNumberOfThreads() throws IOException {
    List<ComputedAnalysis> analyses =
        List.of(
            map(TRAINED),
            UnitMapAnalysis.of(TRAINED, "umap", Map.of("measure", "spearman", "seed", 3)),
            new ScoreAnalysis(TRAINED, QUICK),
            trails(0, 2));
    List<Map<String, String>> bytes = new ArrayList<>();
    List<Path> kept = new ArrayList<>();
    for (ComputedAnalysis analysis : analyses) {
      AnalysisResult result = computed(analysis);
      Path where = study.folder().resolve("results").resolve(result.kind());
      kept.add(where.resolve(result.digest()));
      bytes.add(SmallStudies.digests(kept.getLast()));
      study.files().delete(kept.getLast().resolve("result.json"));
    }
    try (Workers one = Workers.of(1)) {
      for (int at = 0; at < kept.size(); at++) {
        results.compute(analyses.get(at), one, Progress.none());
        assertThat(SmallStudies.digests(kept.get(at))).isEqualTo(bytes.get(at));
      }
    }
  }

  @Test
  void whatIsKeptIsFoundAgainWhicheverWayItIsAskedFor() {
    AnalysisResult result = computed(map(TRAINED));
    assertThat(results.find(map(TRAINED.resolve(study)))).contains(result);
    assertThat(results.find(UnitMapAnalysis.of(TRAINED, "smacof", Map.of("measure", "cosine"))))
        .isEmpty();
    assertThat(results.find(UnitMapAnalysis.of(TRAINED, "mds", Map.of()))).isEmpty();
    assertThat(results.list("units", null)).hasSize(1);
  }

  @Test
  void whatIsCancelledKeepsNothing() {
    for (ComputedAnalysis analysis :
        List.of(map(TRAINED), new ScoreAnalysis(TRAINED, QUICK), trails())) {
      Progress cancelled =
          (stage, fraction) -> {
            if (!stage.equals("activations") && fraction > 0) {
              throw new CancellationException("enough");
            }
          };
      assertThatThrownBy(() -> results.compute(analysis, workers, cancelled))
          .isInstanceOf(CancellationException.class);
      assertThat(results.list(analysis.kind(), null)).isEmpty();
      assertThat(study.folder().resolve("results").resolve(analysis.kind()))
          .satisfiesAnyOf(
              where -> assertThat(where).doesNotExist(),
              where -> assertThat(where).isEmptyDirectory());
    }
  }

  @Test
  void whereNothingVariesNothingIsCompared() {
    keep(2, new float[SmallStudies.SAMPLE * 1000]);
    String sentence =
        "at least 2 units must vary to be compared, but of the 1000 of layer fc1 of run a, epoch 2"
            + " none does over the 90 observations; take another layer or epoch";
    assertThatThrownBy(() -> computed(map(TRAINED))).hasMessage(sentence);
    assertThatThrownBy(() -> computed(new ScoreAnalysis(TRAINED, QUICK))).hasMessage(sentence);
    assertThatThrownBy(() -> computed(trails()))
        .hasMessage(
            "at least 2 units must vary at every epoch to be followed, but from layer fc1 of run a,"
                + " epoch 2 on none of the 1000 does; leave that epoch out, or take another layer");
    float[] one = new float[SmallStudies.SAMPLE * 1000];
    one[17] = 1;
    keep(2, one);
    assertThatThrownBy(() -> computed(map(TRAINED))).hasMessageContaining("only 1 does over");
    float[] broken = new float[SmallStudies.SAMPLE * 1000];
    broken[1003] = Float.NaN;
    keep(2, broken);
    assertThatThrownBy(() -> computed(map(TRAINED)))
        .hasMessage(
            "layer fc1 of run a, epoch 2 cannot be looked at: matrix values must be finite, got NaN"
                + " at row 1, column 3; a run that diverged keeps such numbers, so take an earlier"
                + " epoch");
  }

  @Test
  void whatCannotBeComparedIsRefusedWithWhatToDo() {
    UnitSource maps = new UnitSource("c", 1, "conv1", Optional.of(UnitPooling.NONE));
    assertThatThrownBy(() -> UnitChecks.requireFew(maps, 4001))
        .hasMessage(
            "at most 4000 units that vary are compared pair by pair, but layer conv1 of run c,"
                + " epoch 1 has 4001; pool its maps (pooling mean or max) if it has some, or take a"
                + " narrower layer");
    assertThatNoException().isThrownBy(() -> UnitChecks.requireFew(maps, 4000));
    assertThatThrownBy(() -> UnitChecks.requireSeveral(TRAINED, 1))
        .hasMessage(
            "units are compared with each other, so at least 2 are needed, but layer fc1 of run a,"
                + " epoch 2 has 1; take another layer");
    assertThatThrownBy(() -> UnitTrails.requireRoom(4000, 100, 4_000_000_000L))
        .hasMessage(
            "the pairs of 4000 units at 100 epochs take 6.49 GB, the heap has 4.00 GB; take fewer"
                + " epochs, or a narrower layer");
    assertThatThrownBy(() -> results.find(map(UnitSource.of("a", 2, "fc2"))))
        .hasMessage("run a has no layer fc2; there are fc1, logits, probabilities");
    assertThatThrownBy(() -> results.find(trails(2)))
        .hasMessageStartingWith("a sequence needs at least 2 epochs, got 2 alone");
    assertThatThrownBy(() -> UnitMapAnalysis.of(TRAINED, "pca", Map.of()))
        .hasMessage("units are laid out by smacof, mds, tsne, umap, got pca");
    assertThatThrownBy(() -> UnitMapAnalysis.of(TRAINED, "mds", Map.of("dimensions", 3)))
        .hasMessage("units are laid out in 2 dimensions, got 3; leave dimensions out");
  }

  @Test
  void aClassWithoutObservationsInTheSampleIsNamedAndHasNoScores(@TempDir Path other)
      throws IOException {
    try (Study few =
        Study.create(other.resolve("study"), SmallStudies.config(other).withSampleCount(12))) {
      few.train(SmallStudies.request("a", 0), 2);
      Results own = new Results(few);
      int absent = 0;
      while (Arrays.stream(few.labels()).anyMatch(Integer.valueOf(absent)::equals)) {
        absent++;
      }
      assertThat(absent).isLessThan(10);
      AnalysisResult result =
          own.compute(
              new ScoreAnalysis(UnitSource.of("a", 0, "fc1"), QUICK), workers, Progress.none());
      assertThat(numbers(result.report(), "skipped")).contains(absent);
      for (String field : List.of("spread", "best", "compactness")) {
        assertThat(((List<?>) result.report().get(field)).get(absent)).isNull();
      }
      float[] scores = own.column(result.digest(), "scores").floats();
      assertThat(Arrays.copyOfRange(scores, absent * 1000, (absent + 1) * 1000)).containsOnly(0f);
    }
  }

  @Test
  void aStudyOfVectorsHasNoUnits(@TempDir Path other) {
    Path file = other.resolve("x.npy");
    NpyFile.writeFloats(file, new float[12], 4, 3);
    try (Study vectors =
        Study.createVectors(other.resolve("study"), VectorStudyConfig.of("numbers", file))) {
      Results own = new Results(vectors);
      for (ComputedAnalysis analysis :
          List.of(map(TRAINED), new ScoreAnalysis(TRAINED, QUICK), trails())) {
        assertThatThrownBy(() -> own.find(analysis))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessage(
                "study "
                    + vectors.folder()
                    + " is about the vectors of "
                    + file
                    + " and has no networks, so no units; name a study of images with a trained"
                    + " run, or give the file to `inscape neurons`");
      }
    }
  }

  @Test
  void theOptionsOfScoresAreThoseOfTheForestsAndWhetherToCompare() {
    List<ParameterField> forest = Parameters.describe(ForestParams.class);
    List<ParameterField> scores = Parameters.describe(ScoreParams.class);
    assertThat(scores.subList(0, forest.size())).isEqualTo(forest);
    assertThat(scores.subList(forest.size(), scores.size()))
        .extracting(ParameterField::name)
        .containsExactly("spread");
    ForestParams changed = ForestParams.defaults().withTrees(7).withSeed(9).withLeaf(3);
    assertThat(ScoreParams.of(changed, false).forest()).isEqualTo(changed);
  }

  @Test
  void whatCountsAsAUnitFollowsFromTheShape() {
    Matrix pooled =
        UnitFigures.columns(Matrix.of(2, 3, new float[] {1, 2, 3, 4, 5, 6}), new int[] {2, 0});
    assertThat(pooled.toArray()).containsExactly(3, 1, 6, 4);
    assertThat(UnitPooling.usual(List.of(32, 28, 28))).isEqualTo(UnitPooling.MEAN);
    assertThat(UnitPooling.MEAN.units(List.of(32, 28, 28))).isEqualTo(32);
    assertThat(UnitPooling.NONE.units(List.of(32, 28, 28))).isEqualTo(25_088);
  }
}

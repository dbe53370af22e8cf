package io.inscape.study.place;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.inscape.evolution.params.AlignmentParams;
import io.inscape.evolution.params.IndependentParams;
import io.inscape.evolution.params.VffParams;
import io.inscape.matrix.Matrix;
import io.inscape.matrix.Progress;
import io.inscape.matrix.Workers;
import io.inscape.projection.params.MdsParams;
import io.inscape.projection.params.PcaParams;
import io.inscape.projection.params.ProjectionParams;
import io.inscape.projection.params.SmacofParams;
import io.inscape.projection.params.TsneParams;
import io.inscape.projection.params.UmapParams;
import io.inscape.study.ActivationSource;
import io.inscape.study.SmallStudies;
import io.inscape.study.Study;
import io.inscape.study.analysis.AnalysisResult;
import io.inscape.study.analysis.ProjectionAnalysis;
import io.inscape.study.analysis.Results;
import io.inscape.study.analysis.SequenceAnalysis;
import io.inscape.study.file.StudyException;
import io.inscape.study.sequence.SequenceSource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(120)
final class PlacementsTest {
  private static final ActivationSource LAYER = new ActivationSource.Layer("a", 1, "fc1");

  @TempDir static Path folder;
  private static Study study;
  private static Workers workers;
  private static Results results;
  private static Placements placements;

  @BeforeAll
  static void train() throws IOException {
    study = SmallStudies.create(folder);
    workers = Workers.of(2);
    study.train(SmallStudies.request("a", 0, 1), 2);
    results = new Results(study);
    placements = new Placements(results, workers);
  }

  @AfterAll
  static void close() {
    workers.close();
    study.close();
  }

  static List<ProjectionParams> everyMethod() {
    return List.of(
        PcaParams.defaults(),
        PcaParams.defaults().withDimensions(3),
        TsneParams.defaults().withPerplexity(10).withIterations(300),
        UmapParams.defaults(),
        MdsParams.defaults(),
        SmacofParams.defaults());
  }

  private static AnalysisResult projection(ActivationSource source, ProjectionParams params) {
    return results.compute(ProjectionAnalysis.of(source, params), workers, Progress.none());
  }

  private static NewObservation observation(int row) {
    return new NewObservation.Pixels(study.images(row, row + 1), Fitting.whole());
  }

  @ParameterizedTest
  @MethodSource("everyMethod")
  void anObservationOfTheSampleIsPlacedNearItself(ProjectionParams params) {
    AnalysisResult result = projection(LAYER, params);
    float[] layout = results.column(result.digest(), "layout").floats();
    int dims = params.dimensions();
    double longest = 0;
    for (int dim = 0; dim < dims; dim++) {
      int at = dim;
      double[] side =
          IntStream.range(0, study.count()).mapToDouble(i -> layout[i * dims + at]).toArray();
      longest =
          Math.max(
              longest, Arrays.stream(side).max().orElse(0) - Arrays.stream(side).min().orElse(0));
    }
    double[] off = new double[30];
    for (int i = 0; i < off.length; i++) {
      Placement placed = placements.place(PlaceRequest.of(result.digest()), observation(3 * i));
      assertThat(placed.position()).hasSize(dims);
      double squared = 0;
      for (int dim = 0; dim < dims; dim++) {
        squared += Math.pow(placed.position().get(dim) - layout[3 * i * dims + dim], 2);
      }
      off[i] = Math.sqrt(squared) / longest;
      assertThat(placed.neighbours().getFirst().observation()).isEqualTo(3 * i);
      assertThat(placed.far().percentile()).isLessThan(5);
      assertThat(placed.far().warning()).isNull();
    }
    Arrays.sort(off);
    assertThat(off[15])
        .isLessThan(params.method().matches("tsne|umap") ? .2 : .02); // of 90, 25 are near
    Placement.Quality quality =
        placements.place(PlaceRequest.of(result.digest()), observation(0)).quality();
    assertThat(quality.observations()).isEqualTo(9);
    assertThat(quality.median()).isBetween(0.0, .25).isLessThan(quality.chance());
    assertThat(quality.upper()).isGreaterThanOrEqualTo(quality.median());
    assertThat(quality.sentence()).contains("half of 9 observations");
  }

  @Test
  void predictionNeighboursAndUnitsAreThoseOfTheKeptFiles() {
    AnalysisResult result = projection(LAYER, PcaParams.defaults());
    float[] kept = study.run("a").predictions(1);
    Matrix layer = study.vectors(LAYER, workers, Progress.none());
    for (int row : new int[] {0, 17, 89}) {
      Placement placed = placements.place(PlaceRequest.of(result.digest()), observation(row));
      List<Float> prediction = Objects.requireNonNull(placed.prediction());
      for (int c = 0; c < 10; c++) {
        assertThat(prediction.get(c)).isCloseTo(kept[row * 10 + c], within(1e-5f));
      }
      assertThat(placed.neighbours().stream().map(Placement.Neighbour::observation))
          .containsExactlyElementsOf(bruteForce(layer, row, 10));
      assertThat(placed.neighbours().getFirst().label()).isEqualTo(study.labels()[row]);
      assertThat(placed.inputNeighbours().getFirst().observation()).isEqualTo(row);
      assertThat(placed.inputNeighbours().getFirst().distance()).isCloseTo(0, within(1e-3));
      Placement.Unit unit = placed.units().getFirst();
      double most = Double.NEGATIVE_INFINITY;
      for (int j = 0; j < layer.cols(); j++) {
        most = Math.max(most, layer.get(row, j));
      }
      assertThat(unit.activation()).isCloseTo(most, within(1e-4));
      double[] column =
          IntStream.range(0, layer.rows()).mapToDouble(i -> layer.get(i, unit.unit())).toArray();
      double mean = Arrays.stream(column).average().orElse(0);
      double deviation =
          Math.sqrt(Arrays.stream(column).map(v -> (v - mean) * (v - mean)).sum() / column.length);
      assertThat(unit.mean()).isCloseTo(mean, within(1e-4));
      assertThat(Objects.requireNonNull(unit.z()))
          .isCloseTo((unit.activation() - mean) / deviation, within(2e-2));
    }
  }

  private static List<Integer> bruteForce(Matrix data, int row, int k) {
    double[] squared = new double[data.rows()];
    for (int i = 0; i < squared.length; i++) {
      for (int col = 0; col < data.cols(); col++) {
        squared[i] += Math.pow((double) data.get(i, col) - data.get(row, col), 2);
      }
    }
    return IntStream.range(0, squared.length)
        .boxed()
        .sorted(Comparator.comparingDouble((Integer i) -> squared[i]))
        .limit(k)
        .toList();
  }

  @Test
  void theInputItselfIsALayerToo() {
    AnalysisResult result = projection(new ActivationSource.Input(), PcaParams.defaults());
    Placement placed = placements.place(PlaceRequest.of(result.digest()), observation(5));
    assertThat(placed.prediction()).isNull();
    assertThat(placed.inputNeighbours()).isEmpty();
    assertThat(placed.neighbours().getFirst().observation()).isEqualTo(5);
    assertThat(placed.units().getFirst().activation()).isGreaterThan(.9);
    assertThat(placed.input().shape()).containsExactly(1, 28, 28);
    assertThat(placed.input().low()).isZero();
    assertThat(placed.input().high()).isCloseTo(1, within(.02));
    assertThat(Base64.getDecoder().decode(Objects.requireNonNull(placed.input().pixels())))
        .isEqualTo(study.images(5, 6));
  }

  @Test
  void whatIsLikeNothingIsSaidToBe() {
    AnalysisResult result = projection(new ActivationSource.Input(), PcaParams.defaults());
    byte[] stripes = new byte[784];
    for (int at = 0; at < 784; at += 2) {
      stripes[at] = (byte) 255;
    }
    Placement placed =
        placements.place(
            PlaceRequest.of(result.digest()), new NewObservation.Pixels(stripes, Fitting.whole()));
    assertThat(placed.far().percentile()).isEqualTo(100);
    assertThat(placed.far().warning()).contains("nothing in the sample is like it", "every");
  }

  static List<AlignmentParams> everyAlignment() {
    return List.of(
        VffParams.defaults().withSweeps(30),
        IndependentParams.defaults().withPerplexity(10).withIterations(200));
  }

  @ParameterizedTest
  @MethodSource("everyAlignment")
  void aSequenceGivesATrail(AlignmentParams params) {
    for (SequenceSource source :
        List.of(
            new SequenceSource.ByEpoch("a", "fc1", List.of(0, 1)),
            new SequenceSource.ByLayer("a", 1, List.of("input", "fc1", "logits")))) {
      AnalysisResult result =
          results.compute(SequenceAnalysis.of(source, params), workers, Progress.none());
      PlaceRequest last = PlaceRequest.of(result.digest());
      Placement placed = placements.place(last, observation(7));
      assertThat(placed.kind()).isEqualTo("sequence");
      assertThat(placed.positions()).hasSize(source.steps().size());
      assertThat(placed.step()).isEqualTo(source.steps().size() - 1);
      assertThat(placed.position()).isEqualTo(placed.positions().getLast());
      assertThat(placed.steps().getLast().prediction()).hasSize(10);
      Placement first =
          placements.place(new PlaceRequest(result.digest(), OptionalInt.of(0), 3), observation(7));
      assertThat(first.positions()).isEqualTo(placed.positions());
      assertThat(first.neighbours()).hasSize(3);
      assertThat(first.neighbours().getFirst().observation()).isEqualTo(7);
      assertThat(placements.place(last, observation(7))).isEqualTo(placed);
    }
  }

  @Test
  void refusalsAreSentences() {
    AnalysisResult result = projection(LAYER, PcaParams.defaults());
    PlaceRequest request = PlaceRequest.of(result.digest());
    assertThatThrownBy(() -> placements.place(PlaceRequest.of("0".repeat(64)), observation(0)))
        .isInstanceOf(StudyException.class)
        .hasMessageContaining("there is no result");
    assertThatThrownBy(() ->
            placements.place(request, new NewObservation.Pixels(new byte[100], Fitting.whole())))
        .hasMessageContaining("an image of the data set is 1 x 28 x 28, 784 bytes, got 100");
    assertThatThrownBy(() -> placements.place(request, new NewObservation.Vector(new float[784])))
        .hasMessageContaining("is about images, so give an image, and nothing else");
    assertThatThrownBy(() ->
            placements.place(
                new PlaceRequest(result.digest(), OptionalInt.of(1), 3), observation(0)))
        .hasMessageContaining("step must be in [0, 1), as the result has them, got 1");
    assertThatThrownBy(() -> new PlaceRequest(result.digest(), OptionalInt.empty(), 101))
        .hasMessage("neighbors must be from 1 to 100, got 101");
  }
}

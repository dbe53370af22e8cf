package io.inscape.study.place;

import io.inscape.matrix.Matrix;
import io.inscape.matrix.Progress;
import io.inscape.matrix.Workers;
import io.inscape.neighbors.Metric;
import io.inscape.projection.Layout;
import io.inscape.study.ActivationSource;
import io.inscape.study.Study;
import io.inscape.study.analysis.Results;
import io.inscape.study.sequence.SequenceSource;
import io.inscape.study.sequence.Steps;
import io.inscape.study.unit.UnitPooling;
import java.lang.ref.SoftReference;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Places new observations into the kept layouts of a study, and says what they are like. The same
/// observation gives the same answer every time. Safe for use by several threads, which wait for
/// each other: what a question needs beside the observation is kept as long as there is memory, so
/// the second answer is much quicker than the first.
public final class Placements {
  private static final int REMEMBERED = 4;

  private final Study study;
  private final Results results;
  private final Workers workers;
  private final NetworkPass networks;
  private final Map<String, SoftReference<Prepared>> prepared =
      new LinkedHashMap<>(16, .75f, true); // guarded by this
  private @Nullable NewInput inputs;

  /// New observations of a study.
  ///
  /// @param results its kept results
  /// @param workers do the arithmetic
  public Placements(Results results, Workers workers) {
    this.study = results.study();
    this.results = results;
    this.workers = workers;
    this.networks = new NetworkPass(study, workers.threads());
  }

  /// A kept result with the sample's vectors, and what was found about them.
  private static final class Prepared {
    private final KeptLayout kept;
    private final Map<Integer, Space> spaces = new HashMap<>();
    private final Map<Integer, Placement.Quality> quality = new HashMap<>();

    Prepared(KeptLayout kept) {
      this.kept = kept;
    }
  }

  /// Places one observation.
  ///
  /// @param request where to, and what is told of it
  /// @param observation the new one
  /// @return where it lies and what it is like
  /// @throws io.inscape.study.file.StudyException if there is no such result, or its network is not
  ///   there
  /// @throws io.inscape.dataset.InputException if a file is no image
  /// @throws IllegalArgumentException if the result has no layout, there is no such step, or the
  ///   observation does not fit the study
  public synchronized Placement place(PlaceRequest request, NewObservation observation) {
    Prepared known = prepared(request.digest());
    KeptLayout kept = known.kept;
    int last = kept.steps().size() - 1;
    int step = request.step().orElse(last);
    if (step < 0 || step > last) {
      throw new IllegalArgumentException(
          "step must be in [0, " + (last + 1) + "), as the result has them, got " + step);
    }
    if (inputs == null) {
      inputs = new NewInput(study);
    }
    NewInput.Made made = inputs.make(observation);
    List<Placed> placed = placeAll(known, made);
    return answer(request, known, step, made, placed);
  }

  /// A new observation at one step.
  private record Placed(
      Matrix row, List<Float> position, @Nullable List<Float> prediction, Placement.Far far) {}

  private Prepared prepared(String digest) {
    SoftReference<Prepared> reference = prepared.get(digest);
    Prepared known = reference == null ? null : reference.get();
    if (known == null) {
      known = new Prepared(KeptLayout.read(results, digest, workers));
      prepared.put(digest, new SoftReference<>(known));
      if (prepared.size() > REMEMBERED) {
        prepared.remove(prepared.keySet().iterator().next());
      }
    }
    return known;
  }

  private Space space(Prepared known, int step) {
    return known.spaces.computeIfAbsent(
        step, at -> space(known.kept.steps().get(at).source(), known.kept.metric()));
  }

  private Space space(ActivationSource source, Metric metric) {
    Matrix vectors = study.vectors(source, workers, Progress.none());
    return switch (source) {
      case ActivationSource.Input _ ->
          new Space(vectors, metric, UnitPooling.NONE, List.of(vectors.cols()), workers);
      case ActivationSource.Layer(var run, _, var layer) -> {
        List<Integer> shape = Steps.requireLayer(study.run(run), layer).shape();
        yield new Space(vectors, metric, UnitPooling.usual(shape), shape, workers);
      }
    };
  }

  /// All steps of one snapshot are run in one pass.
  private List<Placed> placeAll(Prepared known, NewInput.Made made) {
    List<SequenceSource.Step> steps = known.kept.steps();
    Map<String, NetworkPass.Answer> answers = new HashMap<>();
    List<Placed> placed = new ArrayList<>();
    for (int t = 0; t < steps.size(); t++) {
      Matrix row = made.row();
      List<Float> prediction = null;
      if (steps.get(t).source() instanceof ActivationSource.Layer layer) {
        NetworkPass.Answer answer =
            answers.computeIfAbsent(snapshot(layer), _ -> run(layer, steps, made));
        row = requireRow(answer, layer);
        prediction = prediction(answer);
      }
      Space space = space(known, t);
      Layout at = known.kept.place(t, row, step -> space(known, step).vectors());
      placed.add(new Placed(row, floats(at.toArray()), prediction, space.far(row)));
    }
    return placed;
  }

  private static String snapshot(ActivationSource.Layer layer) {
    return layer.epoch() + " " + layer.run();
  }

  private NetworkPass.Answer run(
      ActivationSource.Layer layer, List<SequenceSource.Step> steps, NewInput.Made made) {
    List<String> names = new ArrayList<>();
    for (SequenceSource.Step step : steps) {
      if (step.source() instanceof ActivationSource.Layer other
          && snapshot(other).equals(snapshot(layer))) {
        names.add(other.layer());
      }
    }
    return networks.run(layer, names.stream().distinct().toList(), made.feed());
  }

  private static Matrix requireRow(NetworkPass.Answer answer, ActivationSource.Layer layer) {
    Matrix row = answer.layers().get(layer.layer());
    if (row == null) {
      throw new IllegalStateException("layer " + layer.layer() + " was not captured");
    }
    return row;
  }

  private static @Nullable List<Float> prediction(NetworkPass.Answer answer) {
    float[] probabilities = answer.probabilities();
    return probabilities == null ? null : floats(probabilities);
  }

  private Placement answer(
      PlaceRequest request, Prepared known, int step, NewInput.Made made, List<Placed> placed) {
    KeptLayout kept = known.kept;
    Space space = space(known, step);
    Placed here = placed.get(step);
    ActivationSource source = kept.steps().get(step).source();
    int[] labels = study.labelled() ? study.labels() : null;
    List<List<Placement.Unit>> units = space.units(here.row());
    List<Placement.Step> steps = new ArrayList<>();
    for (int t = 0; t < placed.size(); t++) {
      SequenceSource.Step one = kept.steps().get(t);
      steps.add(
          new Placement.Step(
              one.name(),
              one.source().describe(),
              placed.get(t).far().percentile(),
              placed.get(t).prediction()));
    }
    return new Placement(
        request.digest(),
        kept.result().kind(),
        kept.result().method(),
        source.describe(),
        step,
        here.position(),
        placed.stream().map(Placed::position).toList(),
        steps,
        space.neighbours(here.row(), request.neighbors(), labels),
        inInput(source, made, request.neighbors(), labels),
        space.metric().name().toLowerCase(Locale.ROOT),
        here.prediction(),
        units.get(0),
        units.get(1),
        pooling(source),
        made.input(),
        here.far(),
        known.quality.computeIfAbsent(
            step, at -> LeaveOut.of(kept, at, t -> space(known, t).vectors())));
  }

  private List<Placement.Neighbour> inInput(
      ActivationSource source, NewInput.Made made, int k, int @Nullable [] labels) {
    if (source instanceof ActivationSource.Input || inputs == null) {
      return List.of();
    }
    return inputs.neighbours(made.row(), k, labels, workers);
  }

  private @Nullable String pooling(ActivationSource source) {
    return source instanceof ActivationSource.Layer(var run, _, var layer)
        ? UnitPooling.usual(Steps.requireLayer(study.run(run), layer).shape()).label()
        : null;
  }

  private static List<Float> floats(float[] values) {
    List<Float> list = new ArrayList<>();
    for (float value : values) {
      list.add(value);
    }
    return list;
  }
}

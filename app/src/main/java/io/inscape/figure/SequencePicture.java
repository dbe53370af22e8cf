package io.inscape.figure;

import io.inscape.evolution.LayoutSequence;
import io.inscape.evolution.field.Box;
import io.inscape.evolution.field.StreamlineParams;
import io.inscape.evolution.field.Streamlines;
import io.inscape.evolution.field.VectorFields;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The parts of a figure of one sequence, from what was computed of it.
public final class SequencePicture {
  private static final int MOST_SLICES = 12;

  private final List<String> names;
  private final LayoutSequence layouts;
  private final int[] labels;
  private final List<String> classNames;

  /// Pictures of a sequence.
  ///
  /// @param names what each step is called
  /// @param layouts its layouts in the plane
  /// @param labels the class of each observation; copied
  /// @param classNames the name of each class; empty where there are none
  public SequencePicture(
      List<String> names, LayoutSequence layouts, int[] labels, List<String> classNames) {
    this.names = List.copyOf(names);
    this.layouts = layouts;
    this.labels = labels.clone();
    this.classNames = List.copyOf(classNames);
  }

  /// The steps as small multiples; of many, twelve from the first to the last.
  ///
  /// @param quality what was measured, as `SequenceQuality.toMap` has it; null if nothing was
  /// @return the part
  public Slices slices(@Nullable Map<String, ?> quality) {
    int shown = Math.min(layouts.steps(), MOST_SLICES);
    List<Slices.Slice> slices = new ArrayList<>();
    for (int i = 0; i < shown; i++) {
      int step = shown == 1 ? 0 : i * (layouts.steps() - 1) / (shown - 1);
      slices.add(
          new Slices.Slice(names.get(step), words(quality, step), layouts.step(step).toArray()));
    }
    return new Slices(slices, labels);
  }

  private static List<String> words(@Nullable Map<String, ?> quality, int step) {
    return quality != null
            && quality.get("steps") instanceof List<?> steps
            && steps.get(step) instanceof Map<?, ?> judged
        ? StepWords.of(judged)
        : List.of();
  }

  /// The trails.
  ///
  /// @param title what they are, in words
  /// @param words the lines below them
  /// @param samples [trail][sample][dim], from the first step to the last; not modified
  /// @return the part
  public TrailPanel trails(String title, List<String> words, float[] samples) {
    return new TrailPanel(title, words, samples, labels, names);
  }

  /// {@return the way through the steps as straight lines, [trail][step][dim]}
  public float[] straight() {
    int steps = layouts.steps();
    float[] samples = new float[Math.multiplyExact(2 * labels.length, steps)];
    for (int trail = 0; trail < labels.length; trail++) {
      for (int step = 0; step < steps; step++) {
        samples[(trail * steps + step) * 2] = layouts.get(step, trail, 0);
        samples[(trail * steps + step) * 2 + 1] = layouts.get(step, trail, 1);
      }
    }
    return samples;
  }

  /// A field, with the class names where the classes end on average.
  ///
  /// @param title what flows, in words
  /// @param words the lines below it
  /// @param fields the fit
  /// @param field which one of it
  /// @return the part
  public FieldPanel field(String title, List<String> words, VectorFields fields, int field) {
    Box box = fields.box();
    float[] lines = Streamlines.of(fields, field, StreamlineParams.defaults()).points();
    Bounds bounds = new Bounds(box.left(), box.bottom(), box.right(), box.top());
    return new FieldPanel(title, words, lines, bounds, marks());
  }

  private List<FieldPanel.Mark> marks() {
    int last = layouts.steps() - 1;
    double[] x = new double[classNames.size()];
    double[] y = new double[classNames.size()];
    int[] count = new int[classNames.size()];
    List<FieldPanel.Mark> marks = new ArrayList<>();
    for (int i = 0; i < labels.length && !classNames.isEmpty(); i++) {
      x[labels[i]] += layouts.get(last, i, 0);
      y[labels[i]] += layouts.get(last, i, 1);
      count[labels[i]]++;
    }
    for (int label = 0; label < count.length; label++) {
      if (count[label] > 0) {
        marks.add(
            new FieldPanel.Mark(
                x[label] / count[label], y[label] / count[label], label, classNames.get(label)));
      }
    }
    return marks;
  }

  /// What is below a step.
  private static final class StepWords {
    private StepWords() {}

    static List<String> of(Map<?, ?> step) {
      List<String> words = new ArrayList<>();
      if (step.get("ownNeighborhoodHit") instanceof Number own) {
        words.add(
            "NH own "
                + percent(own)
                + ", aligned "
                + percent(step.get("alignedNeighborhoodHit"))
                + ", unaligned "
                + percent(step.get("unalignedNeighborhoodHit")));
      }
      words.add(
          "stress aligned "
              + share(step.get("alignedStress"))
              + ", unaligned "
              + share(step.get("unalignedStress")));
      if (Boolean.TRUE.equals(step.get("constant"))) {
        words.add("All activations are equal: this picture is alignment alone.");
      } else if (step.get("warning") != null) {
        words.add("The layout shows more than this space has.");
      }
      return words;
    }

    private static String percent(@Nullable Object value) {
      return value instanceof Number number
          ? String.format(Locale.ROOT, "%.1f", 100 * number.doubleValue())
          : "-";
    }

    private static String share(@Nullable Object value) {
      return value instanceof Number number
          ? String.format(Locale.ROOT, "%.3f", number.doubleValue())
          : "-";
    }
  }
}

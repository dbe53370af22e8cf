package io.inscape.study.field;

import io.inscape.evolution.LayoutSequence;
import io.inscape.evolution.field.Box;
import io.inscape.evolution.field.FieldParams;
import io.inscape.evolution.field.FieldRegion;
import io.inscape.evolution.field.Passage;
import io.inscape.evolution.field.StreamlineParams;
import io.inscape.evolution.field.Streamlines;
import io.inscape.evolution.field.Trajectories;
import io.inscape.evolution.field.VectorFields;
import io.inscape.matrix.Workers;
import io.inscape.parameter.Parameters;
import io.inscape.study.analysis.AnalysisResult;
import io.inscape.study.analysis.Results;
import io.inscape.study.file.StudyException;
import io.inscape.study.file.StudyException.Kind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/// The fields that a study keeps, read at first use and remembered. Safe for use by several
/// threads.
public final class KeptFields {
  private static final int REMEMBERED = 4;

  private final Results results;
  private final Map<String, Fit> fits = new LinkedHashMap<>(16, .75f, true); // guarded by itself

  /// The fields of a study.
  ///
  /// @param results of the study
  public KeptFields(Results results) {
    this.results = results;
  }

  private record Fit(Trajectories trajectories, VectorFields fields) {}

  /// Evenly spaced lines that follow a field.
  ///
  /// @param digest of a result of kind `field`
  /// @param field which of its fields, from 0
  /// @param params how densely
  /// @return `[point, 4]`: number of the line, x, y, speed
  /// @throws StudyException of kind [Kind#UNKNOWN] if there is no such result
  /// @throws IllegalArgumentException if there is no such field
  public float[] streamlines(String digest, int field, StreamlineParams params) {
    Fit fit = fit(digest);
    requireField(fit, field);
    return Streamlines.of(fit.fields(), field, params).points();
  }

  /// The trajectories through a region.
  ///
  /// @param digest of a result of kind `field`
  /// @param polygon corners `x0, y0, x1, y1, ...`; the last is joined with the first
  /// @param field only trajectories that follow this field; empty for all
  /// @return one passage for each that spends time inside, in the order of the observations
  /// @throws StudyException of kind [Kind#UNKNOWN] if there is no such result
  /// @throws IllegalArgumentException if there is no such field, or the polygon is none
  public List<Passage> region(String digest, double[] polygon, OptionalInt field) {
    Fit fit = fit(digest);
    if (field.isPresent()) {
      requireField(fit, field.getAsInt());
    }
    int[] assignment = fit.fields().assignment();
    return FieldRegion.through(fit.trajectories(), fit.fields(), polygon).stream()
        .filter(passage -> field.isEmpty() || assignment[passage.trajectory()] == field.getAsInt())
        .toList();
  }

  private static void requireField(Fit fit, int field) {
    if (field < 0 || field >= fit.fields().fields()) {
      throw new IllegalArgumentException(
          "field must be one of the "
              + fit.fields().fields()
              + " from 0 to "
              + (fit.fields().fields() - 1)
              + ", got "
              + field);
    }
  }

  private Fit fit(String digest) {
    synchronized (fits) {
      Fit known = fits.get(digest);
      if (known != null) {
        return known;
      }
      Fit read = read(digest);
      fits.put(digest, read);
      if (fits.size() > REMEMBERED) {
        fits.remove(fits.keySet().iterator().next());
      }
      return read;
    }
  }

  private Fit read(String digest) {
    AnalysisResult result = results.get(digest);
    if (!result.kind().equals("field")) {
      throw new StudyException(
          Kind.UNKNOWN, "result " + digest + " is a " + result.kind() + ", not a field");
    }
    LayoutSequence layouts = results.layouts(String.valueOf(result.source().get("of")));
    Trajectories trajectories = Trajectories.of(layouts);
    try (Workers workers = Workers.of(1)) {
      VectorFields fields =
          VectorFields.restore(
              trajectories,
              Parameters.fromMap(FieldParams.class, result.parameters()),
              new VectorFields.Columns(
                  box(result.report().get("box")),
                  results.column(digest, "field").floats(),
                  results.column(digest, "assignment").ints()),
              workers);
      return new Fit(trajectories, fields);
    }
  }

  private static Box box(@Nullable Object sides) {
    if (sides instanceof List<?> list
        && list.size() == 4
        && list.get(0) instanceof Number left
        && list.get(1) instanceof Number bottom
        && list.get(2) instanceof Number right
        && list.get(3) instanceof Number top) {
      return new Box(
          left.doubleValue(), bottom.doubleValue(), right.doubleValue(), top.doubleValue());
    }
    throw new StudyException(Kind.DAMAGED, "a field must tell its box, got " + sides);
  }
}

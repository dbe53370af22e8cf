package io.inscape.study.analysis;

import io.inscape.matrix.Progress;
import io.inscape.matrix.Workers;
import io.inscape.parameter.Parameters;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/// An analysis that brings its own computation, in a package of its own. It has no layout that
/// moves while it is computed.
///
/// A new one is a record that implements this, a name in [Analysis#KINDS], and a line where
/// requests are read.
public non-sealed interface ComputedAnalysis extends Analysis {
  /// {@return its options, a record of parameters}
  Record params();

  /// The same with everything named that it leaves to what the study has.
  ///
  /// @param results of the study
  /// @return itself where nothing is left open
  /// @throws io.inscape.study.file.StudyException if something that it names is not there
  /// @throws IllegalArgumentException if it asks for what cannot be
  ComputedAnalysis resolve(Results results);

  /// The digest of everything in the study that determines its result.
  ///
  /// @param results of the study
  /// @return SHA-256 in hexadecimal
  String inputs(Results results);

  /// Computes it, on the calling thread. An interrupt or an exception of `progress` ends it.
  ///
  /// @param results of the study
  /// @param workers do the arithmetic
  /// @param progress hears the stage and how far that is; may block to pause
  /// @return what came out; the same bytes on any number of threads
  Outcome compute(Results results, Workers workers, Progress progress);

  @Override
  default Map<String, Object> parameters() {
    return Parameters.toMap(params());
  }

  @Override
  default Map<String, Object> describe() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("kind", kind());
    fields.put("source", about());
    fields.put("method", method());
    fields.put("parameters", parameters());
    return fields;
  }

  /// Whether kept parameters mean the same as its own, once those that were not known then have
  /// their defaults.
  ///
  /// @param kept as a result has them
  /// @return whether they do
  /// @throws IllegalArgumentException if the method has one of them no more
  default boolean asks(Map<String, Object> kept) {
    return Parameters.fromMap(params().getClass(), kept).equals(params());
  }

  /// What came out.
  ///
  /// @param report what there is to say, as JSON has it; without clock time
  /// @param columns arrays by name
  record Outcome(Map<String, Object> report, Map<String, Column> columns) {
    /// Copies the maps.
    public Outcome {
      report = Collections.unmodifiableMap(new LinkedHashMap<>(report));
      columns = Collections.unmodifiableMap(new LinkedHashMap<>(columns));
    }
  }
}

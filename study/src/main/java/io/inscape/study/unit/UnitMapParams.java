package io.inscape.study.unit;

import io.inscape.neuron.NeuronMeasure;
import io.inscape.parameter.Option;

/// Options of maps of units that all methods share; each method has its own besides.
///
/// @param measure how two units are compared
public record UnitMapParams(
    @Option(
            "How two units are compared: 1 less the absolute value of Pearson's correlation, of the"
                + " cosine, or of Spearman's rank correlation.")
        NeuronMeasure measure) {
  /// {@return Pearson's correlation}
  public static UnitMapParams defaults() {
    return new UnitMapParams(NeuronMeasure.PEARSON);
  }
}

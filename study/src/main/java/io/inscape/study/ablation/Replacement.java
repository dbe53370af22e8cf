package io.inscape.study.ablation;

/// What a unit that is switched off gives instead of its activation.
public enum Replacement {
  /// Nothing.
  ZERO,

  /// Its mean over the study's sample: what follows hears what it usually does, but not for whom.
  MEAN
}

package io.inscape.network.layer;

/// What is read of a layer's value for each observation.
public enum Reading {
  /// Everything, flattened.
  ALL("all"),
  /// Of a value of `[token, feature]` the first token: the class token of transformers that have
  /// one.
  FIRST_TOKEN("class token"),
  /// Of a value of `[token, feature]` the mean over the tokens, without those that the network's
  /// `attention_mask` leaves out where it has such an input.
  MEAN_TOKENS("mean over tokens");

  private final String title;

  Reading(String title) {
    this.title = title;
  }

  /// {@return as a person reads it: `all`, `class token` or `mean over tokens`}
  public String title() {
    return title;
  }
}

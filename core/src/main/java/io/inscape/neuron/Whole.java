package io.inscape.neuron;

/// Checks that an option which may also be `auto` is a whole number.
final class Whole {
  private Whole() {}

  static void require(String name, double value) {
    if (value != Math.rint(value)) {
      throw new IllegalArgumentException(name + " must be a whole number, got " + value);
    }
  }
}

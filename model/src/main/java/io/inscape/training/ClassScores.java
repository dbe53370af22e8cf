package io.inscape.training;

/// Where a network says which class it sees.
///
/// @param value the value that holds unnormalised scores, `[observation, class]`
/// @param classes how many there are
record ClassScores(String value, int classes) {}

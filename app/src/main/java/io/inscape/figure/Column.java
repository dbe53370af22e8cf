package io.inscape.figure;

import java.util.List;

/// What a figure says of one sequence: parts from top to bottom.
///
/// @param title what the sequence is, in words
/// @param blocks its parts
public record Column(String title, List<Block> blocks) {
  /// Copies the list.
  public Column {
    blocks = List.copyOf(blocks);
  }
}

package io.inscape.vectors;

import io.inscape.projection.Layout;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// The file that a layout goes to, or none. Its room is taken before the work begins; without
/// [#write] what was there before stays.
public final class LayoutOutput implements AutoCloseable {
  private final ArrayOutput output;

  private LayoutOutput(ArrayOutput output) {
    this.output = output;
  }

  /// Takes room.
  ///
  /// @param file where the layout goes; null for nowhere
  /// @param observations of the layout
  /// @param dimensions of the layout
  /// @return the output, to be closed
  /// @throws io.inscape.dataset.InputException when the disk is full or refuses
  public static LayoutOutput reserve(@Nullable Path file, long observations, int dimensions) {
    return new LayoutOutput(ArrayOutput.reserve(file, observations, dimensions));
  }

  /// Writes the layout, once.
  ///
  /// @param layout the positions
  public void write(Layout layout) {
    output.write(layout.toArray());
  }

  @Override
  public void close() {
    output.close();
  }
}

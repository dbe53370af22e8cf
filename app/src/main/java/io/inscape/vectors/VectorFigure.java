package io.inscape.vectors;

import io.inscape.figure.FigureFile;
import io.inscape.figure.Panel;
import io.inscape.figure.ScatterFigure;
import io.inscape.parameter.Parameters;
import io.inscape.projection.Projections;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;

/// A projection of a file as a picture.
public final class VectorFigure {
  private VectorFigure() {}

  /// Draws.
  ///
  /// @param file where to
  /// @param report what
  public static void write(Path file, ProjectionReport report) {
    VectorFile input = report.input();
    int rows = report.projection().layout().observations();
    List<String> names = input.classNames();
    Panel panel =
        new Panel(
            Projections.method(report.params().method()).title(),
            report.quality() == null ? "" : report.quality().caption(),
            report.projection().layout().toArray(),
            report.projection().layout().dimensions(),
            input.classes().orElseGet(() -> new int[rows]),
            new BitSet());
    String provenance =
        input.file().name()
            + ", "
            + Words.count(rows)
            + " observations; "
            + Words.options(Parameters.toMap((Record) report.params()));
    String title = String.valueOf(Path.of(input.file().name()).getFileName());
    FigureFile.write(
        file,
        new ScatterFigure(
                title,
                List.of(panel),
                names.isEmpty() ? List.of("observations") : names,
                provenance)
            .svg());
  }
}

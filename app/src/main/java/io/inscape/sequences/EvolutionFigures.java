package io.inscape.sequences;

import io.inscape.evolution.Alignments;
import io.inscape.figure.Block;
import io.inscape.figure.Column;
import io.inscape.figure.EvolutionFigure;
import io.inscape.figure.FigureFile;
import io.inscape.figure.SequencePicture;
import io.inscape.parameter.Parameters;
import io.inscape.terminal.Version;
import io.inscape.vectors.Words;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// An evolution as a picture.
public final class EvolutionFigures {
  private EvolutionFigures() {}

  /// Draws what a report tells of to where its image should go, if it should.
  ///
  /// @param report of the evolution
  public static void write(EvolutionReport report) {
    Path file = report.outputs().image();
    if (file == null) {
      return;
    }
    EvolutionResult result = report.result();
    Column column = new Column("", blocks(result));
    String provenance =
        "Inscape "
            + Version.current()
            + "; "
            + report.about()
            + "; "
            + Alignments.method(report.params().method()).title()
            + ", "
            + Words.options(Parameters.toMap((Record) report.params()))
            + "; NH: neighborhood hit in percent";
    String title = report.title();
    FigureFile.write(
        file, new EvolutionFigure(title, List.of(column), result.classNames(), provenance).svg());
  }

  /// The parts that there are: steps, trails, field.
  ///
  /// @param result what was made
  /// @return from top to bottom
  public static List<Block> blocks(EvolutionResult result) {
    SequencePicture picture = picture(result);
    List<Block> blocks = new ArrayList<>();
    blocks.add(picture.slices(result.quality()));
    BundledTrails trails = result.trails();
    blocks.add(
        trails == null
            ? picture.trails("Trails", List.of(), picture.straight())
            : picture.trails(title(trails), List.of(FlowWords.trails(trails)), trails.samples()));
    FlowField field = result.field();
    if (field != null) {
      for (int i = 0; i < field.fields().fields(); i++) {
        String title =
            field.fields().fields() == 1
                ? "Vector field"
                : "Vector field " + (i + 1) + ", followed by " + field.sizes().get(i);
        blocks.add(
            picture.field(
                title, i == 0 ? List.of(FlowWords.field(field)) : List.of(), field.fields(), i));
      }
    }
    return blocks;
  }

  /// {@return what the trails are called}
  ///
  /// @param trails bundled
  public static String title(BundledTrails trails) {
    return "Trails, bundled at " + String.format(Locale.ROOT, "%.2g", trails.strength());
  }

  /// The pictures of a result.
  ///
  /// @param result what was made
  /// @return its parts as they are asked for
  public static SequencePicture picture(EvolutionResult result) {
    return new SequencePicture(
        result.names(),
        result.aligned().layouts(),
        result.labels().orElseGet(() -> new int[result.aligned().layouts().observations()]),
        result.classNames());
  }
}

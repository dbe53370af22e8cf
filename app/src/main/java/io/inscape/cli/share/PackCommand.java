package io.inscape.cli.share;

import io.inscape.cli.option.OutputOptions;
import io.inscape.study.Study;
import io.inscape.study.pack.PackManifest;
import io.inscape.study.pack.PackManifest.PackedFile;
import io.inscape.study.pack.PackWriter;
import io.inscape.terminal.Bar;
import io.inscape.terminal.Console;
import io.inscape.terminal.Interrupts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `inscape pack`: a study in one file.
@Command(
    name = "pack",
    description = {
      "Packs a study into one file to send to a colleague, who opens it with: inscape serve FILE.inscape",
      "",
      "The observations that the study looks at go along, so the data set need not be where it is opened."
    })
public final class PackCommand implements Callable<Integer> {
  private final Console console;
  @Mixin private final OutputOptions output = new OutputOptions();

  @Parameters(index = "0", paramLabel = "DIR", description = "The study folder.")
  private Path folder = Path.of("");

  @Parameters(index = "1", paramLabel = "FILE.inscape", description = "The file to write.")
  private Path file = Path.of("");

  /// What may stay behind.
  enum Part {
    /// What the layers make of the observations: most of a study's size.
    ACTIVATIONS
  }

  @Option(
      names = "--without",
      paramLabel = "activations",
      description =
          "Leave the captured activations behind, which are most of the size; units cannot be looked at then.")
  private @Nullable Part without;

  /// The command.
  ///
  /// @param console it speaks to
  public PackCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws Exception {
    output.apply(console);
    return Interrupts.guard(console, "Nothing was packed.", this::pack);
  }

  private int pack() throws IOException {
    PackManifest manifest;
    try (Study study = Study.open(folder);
        Bar bar = console.bar("pack", Bar.parts())) {
      manifest = PackWriter.write(study, file, without != Part.ACTIVATIONS, Bar.progress(bar));
    }
    long bytes = manifest.files().stream().mapToLong(PackedFile::bytes).sum();
    long size = Files.size(file);
    if (output.json()) {
      console.json(
          Map.of("file", file.toString(), "files", manifest.files().size(), "bytes", size));
    } else {
      console.line(file.toString());
    }
    console.note(
        String.format(
            Locale.ROOT,
            "Packed %,d files of %,d bytes into %,d. To open it: inscape serve %s",
            manifest.files().size(),
            bytes,
            size,
            file.getFileName()));
    return 0;
  }
}

package io.inscape.cli;

import io.inscape.cli.option.MethodOptions;
import io.inscape.cli.option.RecordOptions;
import io.inscape.cli.place.PlaceCommand;
import io.inscape.cli.share.ExportCommand;
import io.inscape.cli.share.PackCommand;
import io.inscape.cli.share.PublishCommand;
import io.inscape.dataset.InputException;
import io.inscape.neuron.ForestParams;
import io.inscape.quality.QualityParams;
import io.inscape.study.file.StudyException;
import io.inscape.terminal.Console;
import io.inscape.terminal.StandardError;
import io.inscape.terminal.Version;
import io.inscape.weight.DistributionParams;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CancellationException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/// `./inscape`: the command line's entrance.
@Command(
    name = "inscape",
    description = "Shows what happens inside a neural network.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      DemoCommand.class,
      TrainCommand.class,
      ImportCommand.class,
      CaptureCommand.class,
      ProjectCommand.class,
      PlaceCommand.class,
      QualityCommand.class,
      EvolveCommand.class,
      FindingsCommand.class,
      NeuronsCommand.class,
      WeightsCommand.class,
      ServeCommand.class,
      FigureCommand.class,
      ReproduceCommand.class,
      ExportCommand.class,
      PackCommand.class,
      PublishCommand.class,
      DoctorCommand.class,
      VersionCommand.class
    },
    versionProvider = Version.class,
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Start with: ./inscape demo",
      "Each command explains itself: ./inscape train --help",
      "Exit codes: 0 done, 1 a fault of Inscape's, 2 something in what was asked, 130 interrupted."
    })
public final class Inscape {
  /// Done.
  public static final int DONE = 0;

  /// Our fault.
  static final int OUR_FAULT = 1;

  /// Something in what the person asked for or gave.
  static final int YOUR_INPUT = 2;

  /// Stopped by the person.
  static final int INTERRUPTED = 130;

  Inscape() {}

  /// Runs a command line and ends the process with its exit code.
  ///
  /// @param arguments as typed
  public static void main(String[] arguments) {
    Integer kept = Integer.getInteger("inscape.stderr");
    if (kept != null) {
      StandardError.restore(kept);
    }
    Charset charset = Charset.forName(System.getProperty("stdout.encoding", "UTF-8"));
    PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, charset);
    PrintStream err = new PrintStream(new FileOutputStream(FileDescriptor.err), true, charset);
    System.exit(run(new Console(out, err, Integer.getInteger("inscape.columns", 0)), arguments));
  }

  /// Runs a command line.
  ///
  /// @return the exit code
  static int run(Console console, String... arguments) {
    CommandLine line = commandLine(console);
    try {
      return arguments.length == 0 ? noCommand(line) : line.execute(arguments);
    } catch (OutOfMemoryError _) {
      console.error(outOfMemory(Runtime.getRuntime().maxMemory()));
      return YOUR_INPUT;
    }
  }

  static CommandLine commandLine(Console console) {
    CommandLine line = new CommandLine(new Inscape(), new Commands(console));
    for (String name : List.of("figure", "project")) {
      MethodOptions.ofProjections().addTo(command(line, name));
    }
    EvolveCommand.addOptions(command(line, "evolve"));
    RecordOptions.addTo(command(line, "quality"), QualityParams.class);
    RecordOptions.addTo(command(line, "neurons"), ForestParams.class);
    RecordOptions.addTo(command(line, "weights"), DistributionParams.class);
    line.setOut(writer(console.out()));
    line.setErr(writer(console.err()));
    line.setUsageHelpWidth(100);
    line.setUsageHelpLongOptionsMaxWidth(34);
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setParameterExceptionHandler((e, _) -> misread(console, e));
    line.setExecutionExceptionHandler((e, _, _) -> failed(console, e));
    return line;
  }

  private static CommandSpec command(CommandLine line, String name) {
    CommandLine command = line.getSubcommands().get(name);
    if (command == null) {
      throw new IllegalStateException("there is no command " + name);
    }
    return command.getCommandSpec();
  }

  private static PrintWriter writer(PrintStream stream) {
    return new PrintWriter(new OutputStreamWriter(stream, stream.charset()), true);
  }

  private static int noCommand(CommandLine line) {
    line.usage(line.getErr());
    return YOUR_INPUT;
  }

  private static int misread(Console console, ParameterException e) {
    String command = e.getCommandLine().getCommandSpec().qualifiedName(" ");
    console.error(firstLine(String.valueOf(e.getMessage())) + "; see ./" + command + " --help");
    return YOUR_INPUT;
  }

  private static int failed(Console console, Exception e) {
    return switch (e) {
      case IllegalArgumentException input -> wrongInput(console, input);
      case InputException input -> wrongInput(console, input);
      case StudyException input -> wrongInput(console, input);
      case CancellationException _, InterruptedException _ -> INTERRUPTED;
      default -> {
        console.error(
            "this is a fault of Inscape's; please report what follows, and what you typed");
        console.trace(e);
        yield OUR_FAULT;
      }
    };
  }

  private static int wrongInput(Console console, Exception e) {
    console.error(String.valueOf(e.getMessage()));
    return YOUR_INPUT;
  }

  /// What to say when the data do not fit the memory.
  static String outOfMemory(long memory) {
    double gibibytes = memory / (double) (1L << 30);
    return String.format(
        Locale.ROOT,
        "this needs more memory than the %.1f GiB that Java may use here; start again with"
            + " INSCAPE_JVM=-Xmx%dg, or take fewer rows",
        gibibytes,
        (int) Math.ceil(2 * gibibytes));
  }

  private static String firstLine(String message) {
    return message.lines().findFirst().orElse(message);
  }
}

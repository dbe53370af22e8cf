package io.inscape.network.runtime;

import ai.onnxruntime.OnnxTensorLike;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import ai.onnxruntime.OrtSession.SessionOptions.ExecutionMode;
import ai.onnxruntime.OrtSession.SessionOptions.OptLevel;
import io.inscape.dataset.InputException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Opens models in ONNX Runtime and puts its refusals into one sentence.
public final class OnnxSessions {
  private static final List<Pattern> UNKNOWN_OPERATOR =
      List.of(
          Pattern.compile("Fatal error: ([^ ]+) is not a registered function/op"),
          Pattern.compile("Could not find an implementation for ([^ ]+) node"),
          Pattern.compile("No Op registered for ([^ ]+) with domain_version"));

  private static final Pattern OUT_OF_MEMORY =
      Pattern.compile("(?i)failed to allocate memory|bad_alloc|bad allocation|alloc.*failed");

  private static final int LONGEST_REASON = 300;

  private OnnxSessions() {}

  /// {@return the one environment of the process}
  public static OrtEnvironment environment() {
    return OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL, "inscape");
  }

  /// Opens a model.
  ///
  /// @param model the content of an ONNX file
  /// @param origin what messages call it
  /// @param threads how many threads it may use, at least 1
  /// @param level how far ONNX Runtime may rewrite the graph for speed
  /// @return a session, to be closed
  /// @throws InputException when ONNX Runtime refuses the model
  public static OrtSession open(byte[] model, String origin, int threads, OptLevel level) {
    return open(model, Map.of(), origin, threads, level);
  }

  /// Opens a model whose large constants are handed over apart.
  ///
  /// @param model the content of an ONNX file
  /// @param constants those that the model says are kept elsewhere, by name; their memory must stay
  ///   until the session is closed
  /// @param origin what messages call it
  /// @param threads how many threads it may use, at least 1
  /// @param level how far ONNX Runtime may rewrite the graph for speed
  /// @return a session, to be closed
  /// @throws InputException when ONNX Runtime refuses the model
  public static OrtSession open(
      byte[] model,
      Map<String, ? extends OnnxTensorLike> constants,
      String origin,
      int threads,
      OptLevel level) {
    try (SessionOptions options = new SessionOptions()) {
      options.setIntraOpNumThreads(threads);
      options.setInterOpNumThreads(1);
      options.setExecutionMode(ExecutionMode.SEQUENTIAL);
      options.setOptimizationLevel(level);
      options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);
      options.addConfigEntry("session.strict_shape_type_inference", "1");
      // Threads that spin between operators would take the cores from those that prepare and write.
      options.addConfigEntry("session.intra_op.allow_spinning", "0");
      if (!constants.isEmpty()) {
        options.addExternalInitializers(new HashMap<>(constants));
      }
      return environment().createSession(model, options);
    } catch (OrtException e) {
      throw explain(e, origin);
    }
  }

  /// Puts a refusal of ONNX Runtime into one sentence.
  ///
  /// @param refusal what it said
  /// @param origin what messages call the model
  /// @return the exception, to be thrown
  public static InputException explain(OrtException refusal, String origin) {
    String reason = Objects.requireNonNullElse(refusal.getMessage(), "no reason given");
    for (Pattern pattern : UNKNOWN_OPERATOR) {
      Matcher matcher = pattern.matcher(reason);
      if (matcher.find()) {
        return InputException.unsupported(
            origin,
            "the graph",
            "the operator " + matcher.group(1),
            "operators that ONNX Runtime knows",
            "export the network with ONNX's own operators");
      }
    }
    if (OUT_OF_MEMORY.matcher(reason).find()) {
      return InputException.unsupported(
          origin,
          "the graph",
          "a value that there is no memory for",
          "values that fit into memory",
          "use smaller inputs; a file that is damaged may ask for any size");
    }
    String line = reason.lines().findFirst().orElse(reason);
    return InputException.malformed(
        origin,
        "the graph",
        line.length() > LONGEST_REASON ? line.substring(0, LONGEST_REASON) + "..." : line,
        "a model that ONNX Runtime can run",
        "check the file with ONNX's own checker");
  }
}

package io.inscape.terminal;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/// Puts back the standard error that the launcher kept aside.
///
/// The launcher starts Java with standard error pointed at nothing, because Java announces the
/// incubating vector module there and has no option against that. `dup2` undoes it for Java and for
/// the native libraries alike.
public final class StandardError {
  private static final int STANDARD_ERROR = 2;

  private StandardError() {}

  /// Puts it back.
  ///
  /// @param kept the descriptor that holds the real one
  @SuppressWarnings("restricted") // one call into libc, allowed by the launcher
  public static void restore(int kept) {
    Linker linker = Linker.nativeLinker();
    MethodHandle dup2 =
        linker.downcallHandle(
            linker.defaultLookup().findOrThrow("dup2"),
            FunctionDescriptor.of(
                ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
    try {
      int _ = (int) dup2.invokeExact(kept, STANDARD_ERROR);
    } catch (Throwable e) {
      throw new IllegalStateException("standard error could not be put back", e);
    }
  }
}

package io.inscape.autograd;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Optional;

/// Tells the native engine's threads to sleep while they wait for each other, as they would
/// otherwise spin.
///
/// Spinning threads take the processor from whoever does the work as soon as other programs or our
/// own workers run: measured on two busy cores, 4 to 8 times fewer images per second. The engine's
/// OpenMP library reads the environment once, when it is loaded, so the variable is set in this
/// process just before; whoever has set it has chosen.
final class ThreadWaiting {
  private static final String VARIABLE = "OMP_WAIT_POLICY";

  private ThreadWaiting() {}

  @SuppressWarnings("restricted") // a call into the C library is the point
  static void sleep() {
    if (System.getenv(VARIABLE) != null) {
      return;
    }
    Linker linker = Linker.nativeLinker();
    Optional<MemorySegment> function = linker.defaultLookup().find("setenv"); // not on Windows
    function.ifPresent(address -> {
      MethodHandle setenv =
          linker.downcallHandle(
              address,
              FunctionDescriptor.of(
                  ValueLayout.JAVA_INT,
                  ValueLayout.ADDRESS,
                  ValueLayout.ADDRESS,
                  ValueLayout.JAVA_INT));
      call(setenv);
    });
  }

  private static void call(MethodHandle setenv) {
    try (Arena arena = Arena.ofConfined()) {
      int failed =
          (int) setenv.invokeExact(arena.allocateFrom(VARIABLE), arena.allocateFrom("passive"), 0);
      assert failed == 0 : "the environment is full";
    } catch (Throwable e) { // what a method handle declares; setenv throws nothing
      throw new IllegalStateException("setenv could not be called", e);
    }
  }
}

package io.inscape.terminal;

import java.io.IOException;
import java.util.List;
import java.util.Locale;

/// Asks the system to show an address in the person's browser.
public final class Browser {
  private Browser() {}

  /// Opens an address, if the system knows how.
  ///
  /// @param url the address
  /// @return whether a browser was asked
  public static boolean open(String url) {
    String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    List<List<String>> openers;
    if (system.contains("mac")) {
      openers = List.of(List.of("open", url));
    } else if (system.contains("windows")) {
      openers = List.of(List.of("rundll32", "url.dll,FileProtocolHandler", url));
    } else if (System.getenv("DISPLAY") == null && System.getenv("WAYLAND_DISPLAY") == null) {
      return false; // a machine without a screen: a text browser would take over the terminal
    } else {
      openers = List.of(List.of("xdg-open", url), List.of("gio", "open", url));
    }
    for (List<String> opener : openers) {
      try {
        new ProcessBuilder(opener)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
        return true;
      } catch (IOException _) {
        // Not installed: the next one.
      }
    }
    return false;
  }
}

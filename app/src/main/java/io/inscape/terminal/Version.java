package io.inscape.terminal;

import io.inscape.study.file.BuildVersion;
import picocli.CommandLine.IVersionProvider;

/// Which Inscape this is; the build writes it down.
public final class Version implements IVersionProvider {
  /// A source of the version, for picocli.
  public Version() {}

  @Override
  public String[] getVersion() {
    return new String[] {"Inscape " + current(), "Java " + Runtime.version()};
  }

  /// {@return the version alone, such as `0.1.0`}
  public static String current() {
    return BuildVersion.current();
  }
}

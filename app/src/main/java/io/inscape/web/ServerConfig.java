package io.inscape.web;

import java.net.InetAddress;
import java.net.UnknownHostException;

/// Where the server listens.
///
/// @param host a name or address of this machine; `127.0.0.1` keeps everybody else out
/// @param port 0 to 65535; 0 takes any that is free
public record ServerConfig(String host, int port) {
  /// The address that only this machine reaches.
  public static final String LOOPBACK = "127.0.0.1";

  /// Checks the port.
  public ServerConfig {
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("a port is a number from 0 to 65535, got " + port);
    }
    if (host.isBlank()) {
      throw new IllegalArgumentException(
          "the host must not be empty; 127.0.0.1 is this machine only");
    }
  }

  /// {@return a place on this machine only}
  ///
  /// @param port 0 to 65535; 0 takes any that is free
  public static ServerConfig loopback(int port) {
    return new ServerConfig(LOOPBACK, port);
  }

  /// {@return whether only this machine can reach it}
  public boolean loopback() {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException _) { // starting will say so
      return false;
    }
  }
}

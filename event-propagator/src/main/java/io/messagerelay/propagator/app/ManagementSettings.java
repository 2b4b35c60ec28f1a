package io.messagerelay.propagator.app;

import io.messagerelay.base.Setting;
import io.messagerelay.base.Settings;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;

/**
 * Where a run tells how it is.
 *
 * @param host a name or an address of this machine
 */
record ManagementSettings(String host, int port) {
  private static final Setting<Integer> MANAGEMENT_PORT =
      Setting.port("MANAGEMENT_PORT")
          .means(
              "Health and Prometheus metrics of event-propagator are told there, to whoever asks. Nothing"
                  + " listens when unset.");
  private static final Setting<String> MANAGEMENT_HOST =
      Setting.text("MANAGEMENT_HOST")
          .byDefault("127.0.0.1")
          .means("The address of that port; `0.0.0.0` for all of this machine's.");

  /** In the order of the documentation. */
  static final List<Setting<?>> ALL = List.of(MANAGEMENT_PORT, MANAGEMENT_HOST);

  /** Empty when nothing shall listen. */
  static Optional<ManagementSettings> from(Settings settings) {
    String host = settings.get(MANAGEMENT_HOST);
    return settings.find(MANAGEMENT_PORT).map(port -> new ManagementSettings(host, port));
  }

  /** Asks what the host's address is, which may take a while. */
  InetSocketAddress address() {
    return new InetSocketAddress(host, port);
  }

  /** As a URL. */
  @Override
  public String toString() {
    return "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }
}

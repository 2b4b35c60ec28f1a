package io.messagerelay.consumer.limit;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * A client as limits count it: an IPv4 address, or the first 64 bits of an IPv6 one, because one
 * client has all addresses behind those (RFC 6177). Immutable.
 */
public record Network(long prefix, boolean ipv6) {

  public static Network of(InetAddress address) {
    ByteBuffer bytes = ByteBuffer.wrap(address.getAddress());
    return address instanceof Inet6Address
        ? new Network(bytes.getLong(), true)
        : new Network(Integer.toUnsignedLong(bytes.getInt()), false);
  }

  /** Of an address in figures; empty when it is none. No name is ever looked up. */
  public static Optional<Network> parse(String address) {
    try {
      return Optional.of(of(InetAddress.ofLiteral(address)));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}

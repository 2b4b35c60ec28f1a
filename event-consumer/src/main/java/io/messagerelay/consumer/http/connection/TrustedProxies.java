package io.messagerelay.consumer.http.connection;

import io.netty.handler.ipfilter.IpFilterRuleType;
import io.netty.handler.ipfilter.IpSubnetFilterRule;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;

/** Proxies whose word about their clients is taken: addresses, and ranges of them. Immutable. */
public final class TrustedProxies {
  public static final TrustedProxies NONE = new TrustedProxies(List.of());

  private static final int ANY_PORT = 0;

  private final List<IpSubnetFilterRule> ranges;

  private TrustedProxies(List<IpSubnetFilterRule> ranges) {
    this.ranges = List.copyOf(ranges);
  }

  /**
   * Reads {@code 10.0.0.7, 192.168.0.0/16, fd00::/8}. No name is looked up.
   *
   * @throws IllegalArgumentException saying which of them is none, and what one looks like
   */
  public static TrustedProxies parse(String text) {
    return new TrustedProxies(
        Arrays.stream(text.split(",", -1)).map(String::strip).map(TrustedProxies::range).toList());
  }

  private static IpSubnetFilterRule range(String text) {
    int slash = text.indexOf('/');
    try {
      InetAddress address = address(slash < 0 ? text : text.substring(0, slash));
      int most = address.getAddress().length * Byte.SIZE;
      int prefix = slash < 0 ? most : Integer.parseInt(text.substring(slash + 1));
      if (prefix < 0 || prefix > most) {
        throw new IllegalArgumentException("the prefix has at most " + most + " bits");
      }
      return new IpSubnetFilterRule(address, prefix, IpFilterRuleType.ACCEPT);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "\"%s\" is not an address or a range of addresses, as 10.0.0.7, 192.168.0.0/16 or fd00::/8"
              .formatted(text),
          e);
    }
  }

  /** Java also reads {@code 10.1} as 10.0.0.1, which hardly anybody means. */
  private static InetAddress address(String text) {
    InetAddress address = InetAddress.ofLiteral(text);
    if (address instanceof Inet4Address && text.chars().filter(sign -> sign == '.').count() < 3) {
      throw new IllegalArgumentException("an IPv4 address has four parts");
    }
    return address;
  }

  boolean contains(InetAddress address) {
    if (ranges.isEmpty()) {
      return false;
    }
    var at = new InetSocketAddress(address, ANY_PORT);
    return ranges.stream().anyMatch(range -> range.matches(at));
  }
}

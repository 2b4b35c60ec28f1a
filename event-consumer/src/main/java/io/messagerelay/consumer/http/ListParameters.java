package io.messagerelay.consumer.http;

import io.messagerelay.consumer.query.ParameterFault;
import io.messagerelay.contract.Fault;
import io.vertx.core.http.HttpServerRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The parameters of the list, as they come. */
final class ListParameters {
  private ListParameters() {}

  /** Decoded, each with all of its values, in their order; a semicolon separates nothing. */
  static Map<String, List<String>> of(HttpServerRequest request) {
    boolean semicolonIsNoSeparator = true;
    var given = request.params(semicolonIsNoSeparator);
    Map<String, List<String>> parameters = new LinkedHashMap<>();
    given.names().forEach(name -> parameters.put(name, given.getAll(name)));
    return parameters;
  }

  static Problem invalid(List<ParameterFault> faults) {
    List<Fault> errors =
        faults.stream().map(f -> new Fault("", f.parameter() + ' ' + f.detail())).toList();
    return Problem.of(Problem.Kind.INVALID_PARAMETER, errors.getFirst().detail(), errors);
  }
}

package io.messagerelay.consumer.query;

/**
 * One thing that is wrong with a query.
 *
 * @param parameter its name, as it came
 * @param detail what is wrong and what is allowed, for a person
 */
public record ParameterFault(String parameter, String detail) {}

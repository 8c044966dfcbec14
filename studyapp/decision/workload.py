"""A workload: values for some traits. What is not given is unknown, and unknown is legal."""

from dataclasses import dataclass
from decimal import Decimal

from .amount import convert, written
from .trait import Refused, shown


@dataclass(frozen=True)
class Workload:
    """Known values by trait key, in trait order, with implied values filled in."""

    values: dict

    def get(self, key):
        return self.values.get(key)

    @classmethod
    def read(cls, given, traits):
        """Read a flat mapping of what a person or program gave (None is unknown)."""
        values = {}
        for key, value in given.items():
            if key not in traits:
                raise Refused(shown(key), f"there is no such trait; known are {', '.join(traits)}.")
            if value is not None:
                values[key] = traits[key].read(value)
        return cls.of(values, traits)

    @classmethod
    def of(cls, values, traits):
        """Complete known values by what they imply, or raise Refused where they contradict."""
        return cls(complete(values, traits))


def complete(values, traits):
    """Known values with the implied ones, in trait order; Refused where two cannot both be true."""
    whole = dict(values)
    for key in values:
        trait = traits[key]
        if trait.implies and trait.is_demand(values[key]):
            for other, implied in trait.implies.items():
                if other not in whole:
                    whole[other] = implied
                elif trait.insists and whole[other] != implied:
                    raise Refused(other, contradiction(trait, traits[other], whole[other], implied))
    if "chain" not in whole and "chain" in traits and shares_hosting(whole, traits):
        whole["chain"] = Decimal(1)
    refuse_impossible_time(whole, traits)
    return {key: whole[key] for key in traits if key in whole}


def shares_hosting(values, traits):
    """Whether anything is said about how models share hosting; then a chain of one is meant."""
    return any("shapes" in traits[key].tables for key in values)


def refuse_impossible_time(values, traits):
    """A reply cannot be complete before the work is done; only a streamed one starts earlier."""
    latency, processing = values.get("latency_ms"), values.get("processing_s")
    if latency is None or processing is None or values.get("streaming"):
        return
    least = convert(processing, "s", "ms")
    if latency < least:
        raise Refused(
            "latency_ms",
            f"a reply within {written(latency, 'ms')} is impossible when the work takes "
            f"{written(processing, 's')}; give at least {written(least, 'ms')}, "
            f"up to {written(traits['latency_ms'].maximum, 'ms')}, or a streamed reply.",
        )


def contradiction(trait, other, value, implied):
    return (
        f"{value} cannot be combined with {trait.key}: {trait.demand} means a caller who waits; "
        f"give {implied} or leave {other.key} out."
    )

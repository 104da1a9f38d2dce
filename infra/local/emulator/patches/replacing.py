"""How a patch replaces a function of MiniStack."""

import functools

from ministack.services.cloudformation import provisioners


def override(module, name):
    """Replace ``module.name``; the new function gets the original first."""

    def decorate(replacement):
        original = getattr(module, name)

        @functools.wraps(original)
        def wrapper(*args, **kwargs):
            return replacement(original, *args, **kwargs)

        setattr(module, name, wrapper)
        return replacement

    return decorate


def override_resource(resource_type, operation):
    """Like ``override``, for one CloudFormation resource operation."""
    handlers = provisioners._RESOURCE_HANDLERS[resource_type]

    def decorate(replacement):
        handlers[operation] = functools.partial(
            replacement, handlers[operation]
        )
        return replacement

    return decorate

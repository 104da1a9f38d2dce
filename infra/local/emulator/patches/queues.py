"""SQS."""

from ministack.core import iam_actions

from patches.replacing import override


def patch_sqs_batch_authorization():
    """Authorize a batch as what it is a batch of (with AUTH=true)."""
    # AWS: there is no sqs:SendMessageBatch; it is checked as sqs:SendMessage,
    # and likewise for deletions and changes of visibility. MiniStack checks
    # the operation's name, which no policy can allow.

    @override(iam_actions, "extract_iam_action")
    def action(original, service, *rest):
        name = original(service, *rest)
        if service == "sqs" and name:
            return name.removesuffix("Batch")
        return name


PATCHES = (patch_sqs_batch_authorization,)

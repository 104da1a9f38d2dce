"""SQS."""

from ministack.core import iam_actions
from ministack.services import lambda_svc

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


def patch_fifo_concurrency():
    """Let a FIFO queue have as many consumers as a standard one."""
    # AWS: message groups are consumed side by side, up to the mapping's
    # MaximumConcurrency, and a group that is in flight is not received.
    # MiniStack keeps the second and, for fear of the first, takes one batch
    # at a time, so that everybody waits behind one crowd.
    # https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-scaling.html

    @override(lambda_svc, "_sqs_esm_concurrency")
    def concurrency(original, esm, func_rec, config, queue=None):
        standard = {**(queue or {}), "is_fifo": False}
        return original(esm, func_rec, config, standard)


PATCHES = (patch_sqs_batch_authorization, patch_fifo_concurrency)

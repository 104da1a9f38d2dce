"""Repairs of MiniStack, one module for each AWS service."""

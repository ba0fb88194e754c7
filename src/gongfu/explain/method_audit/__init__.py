"""A study's own methods in worlds with a known effect."""

from gongfu.explain.method_audit.audit import MethodAudit, MethodScore, audit_methods
from gongfu.explain.method_audit.worlds import World, calibrate

__all__ = ["MethodAudit", "MethodScore", "World", "audit_methods", "calibrate"]

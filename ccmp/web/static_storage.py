"""Static files with hashed names, also those that a script imports: a phone never mixes two editions of a module."""

from typing import Any

from whitenoise.storage import CompressedManifestStaticFilesStorage

_, IMPORTS = CompressedManifestStaticFilesStorage._js_module_import_aggregation_patterns


class ModuleStaticFilesStorage(CompressedManifestStaticFilesStorage):
    """Django rewrites the imports of all scripts or of none; among those of packages there are some that lead nowhere."""

    patterns: Any = (*CompressedManifestStaticFilesStorage.patterns, ("js/*.js", IMPORTS))
    max_post_process_passes = 30  # each takes one more link of the longest chain of imports

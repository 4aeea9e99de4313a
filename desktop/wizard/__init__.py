"""The wizard: the steps of the online bulletin around one dossier; pages draw a scene and say what was typed."""

namespace MiniDock.Abstractions.Plan;

/// <summary>How the steps are named that change the limits of a running container: the engine tells by it what to do with them afterwards.</summary>
public static class UpdateStepIds
{
    /// <summary>What all of them begin with. They are out of the journal when the update has come to its end.</summary>
    public const string Prefix = "update.";

    /// <summary>What those begin with that have made something: they stay in the journal, and the end of the run undoes them.</summary>
    public const string LastingPrefix = "update.made.";
}

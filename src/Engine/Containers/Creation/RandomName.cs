namespace MiniDock.Engine.Containers.Creation;

/// <summary>Names for containers that were given none: an adjective and somebody or something of the sea.</summary>
public static class RandomName
{
    private static ReadOnlySpan<byte> Adjectives =>
        "able amber ample arctic autumn azure balmy bold brave breezy bright brisk calm candid clear clever cosy crisp daring deep dewy eager early easy fair faithful fast fearless fine fleet fond free fresh frosty gentle glad golden good grand green happy hardy hasty hearty helpful honest humble jolly keen kind large late light lively loud lucky mellow merry mighty mild misty modest neat new nimble noble northern odd open patient plain polite proud quick quiet rapid ready restless rosy sandy sharp shiny silent silver simple sleepy slow smooth snowy soft solid southern spare stable steady still stormy strong sunny sweet swift tall tidy tiny true upbeat vast warm wild windy wise witty young"u8;

    private static ReadOnlySpan<byte> Nouns =>
        "albatross anchor anchovy barge barnacle bay beacon beluga bollard bosun bow breaker brig buoy cabin canoe canvas cape captain capstan clam clipper coast cod compass coral cove crab crane current cutter deck dinghy dock dolphin dory dune eel estuary ferry fjord fleet flounder foghorn frigate galley gannet gull gunwale halyard harbour hatch hawser heron herring hull inlet island jetty jib kayak keel kelp ketch lagoon lantern lighthouse limpet lobster lugger mackerel mainsail marina mast mate mooring mussel narwhal nautilus oar octopus osprey otter oyster paddle pelican penguin pier pilot plover pontoon porpoise port prawn puffin quay raft reef rigger rudder sailor salmon sardine schooner scallop sea seagull seal shark shell shoal shore skiff skipper sloop spinnaker sprat squid starboard stern strait sturgeon surf tern tide tiller trawler tugboat tuna turtle walrus wave whale wharf winch yacht"u8;

    /// <summary>A name such as <c>brave_puffin</c>; an attempt above 0 puts a number behind it.</summary>
    public static string Next(int attempt = 0)
    {
        Span<byte> random = stackalloc byte[16];
        Guid.NewGuid().TryWriteBytes(random);
        var name = Pick(Adjectives, BitConverter.ToUInt16(random)) + "_" + Pick(Nouns, BitConverter.ToUInt16(random[10..]));
        return attempt == 0 ? name : name + (random[15] % 10);
    }

    // Words are looked for in the text itself: arrays of strings would be built at each start.
    private static string Pick(ReadOnlySpan<byte> words, int random)
    {
        var index = random % (words.Count((byte)' ') + 1);
        for (; index > 0; index--)
        {
            words = words[(words.IndexOf((byte)' ') + 1)..];
        }

        var end = words.IndexOf((byte)' ');
        return System.Text.Encoding.ASCII.GetString(end < 0 ? words : words[..end]);
    }
}

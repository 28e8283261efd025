namespace EdgeMas.Core.Messages;

/// <summary>What a message does. Source: FIPA ACL Communicative Act Library, SC00037J.</summary>
public enum Performative
{
    Inform,
    Request,
    Query,
    Propose,
    Accept,
    Reject,
    Cfp,
    Failure,
    Cancel,
}

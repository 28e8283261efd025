using EdgeMas.Core.Events;
using EdgeMas.Core.Messages;
using EdgeMas.Core.Skills;

namespace EdgeMas.Core.Agents;

/// <summary>Answers to requests that cannot be served, in the form that the request's kind expects.</summary>
internal static class Refusals
{
    /// <summary>True when somebody waits for an answer to it.</summary>
    internal static bool IsQuestion(Message message) => message.Performative is Performative.Request or Performative.Cfp or Performative.Query;

    internal static void Refuse(this CellServices services, string agent, Message request, string reason)
    {
        if (request.Performative == Performative.Cfp)
            services.Answer(agent, request, MessageTypes.Failure, reason, Performative.Reject);
        else if (request.Data is SkillRequest skill)
            services.Answer(agent, request, MessageTypes.SkillEnded, new SkillEnded(skill.Skill, SkillOutcome.Failed(reason)), Performative.Failure);
        else
            services.Answer(agent, request, MessageTypes.Failure, reason, Performative.Failure);
    }
}

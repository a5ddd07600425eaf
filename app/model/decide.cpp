// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/decide.h"

#include "model/keptversion.h"
#include "model/rules.h"

namespace Earshot {

namespace {

template <class... Handlers>
struct Overloaded : Handlers...
{
    using Handlers::operator()...;
};
template <class... Handlers>
Overloaded(Handlers...) -> Overloaded<Handlers...>;

constexpr FactSet operator|(Fact a, Fact b)
{
    return static_cast<FactSet>(a) | static_cast<FactSet>(b);
}
constexpr FactSet operator|(FactSet a, Fact b)
{
    return a | static_cast<FactSet>(b);
}

Role neededRole(const ActionArguments &arguments)
{
    return std::visit(Overloaded{
                          [](const Act::PauseSending &) { return Role::lead; },
                          [](const Act::ResumeSending &) { return Role::lead; },
                          [](const Act::SaveView &) { return Role::lead; },
                          [](const Act::RemoveView &) { return Role::lead; },
                          [](const Act::MoveView &) { return Role::lead; },
                          [](const Act::PinNotice &) { return Role::lead; },
                          [](const Act::UnpinNotice &) { return Role::lead; },
                          [](const Act::AddAgent &) { return Role::admin; },
                          [](const Act::EditAgent &) { return Role::admin; },
                          [](const Act::AddChannel &) { return Role::admin; },
                          [](const Act::EditChannel &) { return Role::admin; },
                          [](const Act::RemoveChannel &) { return Role::admin; },
                          [](const Act::KeepSavedReply &) { return Role::lead; },
                          [](const Act::RemoveSavedReply &) { return Role::lead; },
                          [](const Act::KeepMacro &) { return Role::lead; },
                          [](const Act::RemoveMacro &) { return Role::lead; },
                          [](const Act::AddTeam &) { return Role::admin; },
                          [](const Act::RenameTeam &) { return Role::admin; },
                          [](const Act::RemoveTeam &) { return Role::admin; },
                          [](const Act::ChangeSetting &) { return Role::admin; },
                          [](const Act::SetTeamMember &) { return Role::admin; },
                          [](const Act::SetChannelTeam &) { return Role::admin; },
                          [](const auto &) { return Role::agent; },
                      },
                      arguments);
}

/// Whether every target that the action names was found.
bool hasTargets(const Facts &facts, const ActionArguments &arguments)
{
    const FactSet needed = neededFacts(arguments);
    const auto needs = [needed](Fact fact) { return (needed & static_cast<FactSet>(fact)) != 0; };
    const auto *reply = std::get_if<Act::SendReply>(&arguments);
    // That a conversation has nothing to answer is for the reply's own rule to say.
    const bool isReplyToNewest = reply && !reply->target.isValid();
    const auto *grant = std::get_if<Act::SetChannelTeam>(&arguments);
    const bool isForEverybody = grant && !grant->team.isValid();
    const bool needsOther = std::holds_alternative<Act::MergeContacts>(arguments);
    const auto *savedReply = std::get_if<Act::KeepSavedReply>(&arguments);
    const auto *macro = std::get_if<Act::KeepMacro>(&arguments);
    const bool isNew = (savedReply && !savedReply->savedReply.isValid()) || (macro && !macro->macro.isValid());
    const bool hasText =
        isNew || ((!needs(Fact::savedReply) || facts.savedReply) && (!needs(Fact::macro) || facts.macro));
    return hasText && (!needs(Fact::conversation) || facts.conversation) &&
           (!needs(Fact::message) || facts.message || isReplyToNewest) && (!needs(Fact::delivery) || facts.delivery) &&
           (!needs(Fact::channel) || facts.channel) && (!needs(Fact::notice) || facts.notice) &&
           (!needs(Fact::place) || facts.isKnownPlace) && (!needs(Fact::agent) || facts.agent) &&
           (!needs(Fact::contact) || facts.contact) && (!needs(Fact::duplicate) || facts.duplicateChannel) &&
           (!needs(Fact::team) || facts.team || isForEverybody) && (!needsOther || facts.otherContact);
}

bool isHidden(const Facts &facts, const AgentFacts &agent)
{
    const auto hides = [&agent](const auto &fact) { return fact && agent.hiddenChannels.contains(fact->channel); };
    const auto hidesContact = [&agent](const std::optional<ContactFacts> &contact) {
        return contact && agent.hiddenChannels.contains(contact->channel.id);
    };
    return hides(facts.conversation) || hides(facts.message) || hides(facts.delivery) || hides(facts.notice) ||
           (facts.channel && agent.hiddenChannels.contains(facts.channel->id)) || hidesContact(facts.contact) ||
           hidesContact(facts.otherContact) ||
           (facts.duplicateChannel && agent.hiddenChannels.contains(facts.duplicateChannel->id));
}

/// Most notes name nobody.
FactSet mentionable(const QString &text)
{
    return text.contains(u'@') ? static_cast<FactSet>(Fact::agents) : FactSet{};
}

} // namespace

FactSet neededFacts(const ActionArguments &arguments)
{
    constexpr FactSet onConversation = static_cast<FactSet>(Fact::conversation);
    constexpr FactSet onMessage = static_cast<FactSet>(Fact::message);
    return std::visit(Overloaded{
                          [=](const Act::SetStatus &set) {
                              return set.duplicateOf.isValid() ? onConversation | Fact::channel | Fact::duplicate
                                                               : onConversation;
                          },
                          [=](const Act::Assign &) { return onConversation | Fact::agent; },
                          [=](const Act::AddNote &note) { return onConversation | mentionable(note.text); },
                          [=](const Act::EditNote &note) { return onMessage | mentionable(note.text); },
                          [=](const Act::SendReply &) { return onConversation | Fact::message | Fact::channel; },
                          [=](const Act::CancelDelivery &) { return onConversation | Fact::delivery | Fact::channel; },
                          [=](const Act::RetryDelivery &) { return onConversation | Fact::delivery | Fact::channel; },
                          [=](const Act::SettleDelivery &) { return onConversation | Fact::delivery | Fact::channel; },
                          [](const Act::PerformEffect &) { return Fact::message | Fact::channel; },
                          [](const Act::MergeContacts &) { return static_cast<FactSet>(Fact::contact); },
                          [](const Act::SplitContact &) { return static_cast<FactSet>(Fact::contact); },
                          [](const Act::SetDuty &) { return static_cast<FactSet>(Fact::agent); },
                          [](const Act::PauseSending &) { return static_cast<FactSet>(Fact::channel); },
                          [](const Act::ResumeSending &) { return static_cast<FactSet>(Fact::channel); },
                          [](const Act::SaveView &) { return static_cast<FactSet>(Fact::views); },
                          [](const Act::RemoveView &) { return static_cast<FactSet>(Fact::views); },
                          [](const Act::MoveView &) { return static_cast<FactSet>(Fact::views); },
                          [](const Act::PinNotice &pin) {
                              const auto channel = static_cast<FactSet>(pin.channel.isValid() ? Fact::channel : Fact{});
                              return pin.tag.isValid() || pin.view.isValid() ? channel | Fact::place : channel;
                          },
                          [](const Act::UnpinNotice &) { return static_cast<FactSet>(Fact::notice); },
                          [](const Act::AddAgent &) { return static_cast<FactSet>(Fact::agents); },
                          [](const Act::EditAgent &) { return Fact::agent | Fact::agents; },
                          [](const Act::AddChannel &) { return static_cast<FactSet>(Fact::address); },
                          [](const Act::EditChannel &) { return static_cast<FactSet>(Fact::channel); },
                          [](const Act::RemoveChannel &) { return static_cast<FactSet>(Fact::channel); },
                          [](const Act::KeepSavedReply &) { return static_cast<FactSet>(Fact::savedReply); },
                          [](const Act::RemoveSavedReply &) { return static_cast<FactSet>(Fact::savedReply); },
                          [](const Act::KeepMacro &) { return static_cast<FactSet>(Fact::macro); },
                          [](const Act::RemoveMacro &) { return static_cast<FactSet>(Fact::macro); },
                          [](const Act::AddTeam &) { return static_cast<FactSet>(Fact::teams); },
                          [](const Act::RenameTeam &) { return Fact::team | Fact::teams; },
                          [](const Act::RemoveTeam &) { return static_cast<FactSet>(Fact::team); },
                          [](const Act::ChangeSetting &) { return FactSet{}; },
                          [](const Act::SetTeamMember &) { return Fact::team | Fact::agent; },
                          [](const Act::SetChannelTeam &) { return Fact::channel | Fact::team; },
                          [=](const auto &) { return onConversation; },
                      },
                      arguments);
}

tl::expected<Decision, Refusal> decide(const Facts &facts, const AgentFacts &actor, const Action &action, Time now)
{
    if (actor.isDisabled)
        return refuse(RefusalKind::permission, QStringLiteral("disabled"));
    if (const Role needed = neededRole(action.arguments); actor.role < needed)
        return refuse(RefusalKind::permission, word(needed));
    // What the actor may not see does not exist for it.
    if (!hasTargets(facts, action.arguments) || isHidden(facts, actor))
        return refuse(RefusalKind::notFound);
    if (facts.agent && isHidden(facts, *facts.agent))
        return refuse(RefusalKind::notPossible, QStringLiteral("hiddenChannel"));
    return std::visit(Rules(facts, actor, action, now), action.arguments);
}

std::optional<ActionArguments> undoOfMaking(const ActionArguments &action, qint64 made)
{
    using Undo = std::optional<ActionArguments>;
    if (made == 0)
        return {};
    return std::visit(Overloaded{
                          [made](const Act::AddTeam &) -> Undo { return Act::RemoveTeam{TeamId(made)}; },
                          // Who was there cannot be forgotten: what was done meanwhile names them.
                          [made](const Act::AddAgent &) -> Undo {
                              return Act::EditAgent{AgentId(made), {}, {}, true};
                          },
                          [made](const Act::PinNotice &) -> Undo { return Act::UnpinNotice{NoticeId(made)}; },
                          [made](const Act::KeepSavedReply &keep) -> Undo {
                              return Act::RemoveSavedReply{SavedReplyId(made), versionOf(keep)};
                          },
                          [made](const Act::KeepMacro &keep) -> Undo {
                              return Act::RemoveMacro{MacroId(made), versionOf(keep)};
                          },
                          [made](const Act::SaveView &save) -> Undo {
                              return Act::RemoveView{ViewId(made), versionOf(save.content)};
                          },
                          [](const auto &) -> Undo { return {}; },
                      },
                      action);
}

} // namespace Earshot

// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/keptversion.h"
#include "model/rules.h"

namespace Earshot {

namespace {

constexpr qsizetype longestText = 20'000;
constexpr qsizetype mostSteps = 20;

bool isKey(const QString &key)
{
    return key.isEmpty() || (key.size() == 1 && key.at(0).isLetterOrNumber());
}

} // namespace

Verdict Rules::operator()(const Act::KeepSavedReply &wish) const
{
    const Act::KeepSavedReply row = tidied(wish);
    if (row.name.isEmpty())
        return refuse(RefusalKind::invalid, QStringLiteral("a saved reply needs a name"));
    if (row.text.trimmed().isEmpty() || row.text.size() > longestText)
        return refuse(RefusalKind::invalid, QStringLiteral("a saved reply needs a text of at most 20,000 characters"));
    if (m_facts.isNameTaken)
        return refuse(RefusalKind::notPossible, QStringLiteral("another one has this name"));
    Decision decision;
    if (m_facts.savedReply == row)
        return decision;
    if (m_facts.savedReply && isOtherThan(wish.was, versionOf(*m_facts.savedReply)))
        return refuse(RefusalKind::changed);
    decision.changes.emplace_back(Change::SavedReplyRow{row});
    decision.after = row.name;
    if (m_facts.savedReply) {
        decision.before = m_facts.savedReply->name;
        auto back = *m_facts.savedReply;
        back.was = versionOf(row);
        decision.inverse = back;
    }
    return decision;
}

Verdict Rules::operator()(const Act::RemoveSavedReply &wish) const
{
    if (isOtherThan(wish.was, versionOf(*m_facts.savedReply)))
        return refuse(RefusalKind::changed);
    Decision decision;
    decision.changes.emplace_back(Change::SavedReplyEnd{wish.savedReply});
    decision.before = m_facts.savedReply->name;
    Act::KeepSavedReply again = *m_facts.savedReply;
    again.savedReply = SavedReplyId();
    decision.inverse = again;
    return decision;
}

Verdict Rules::operator()(const Act::KeepMacro &wish) const
{
    const Act::KeepMacro row = tidied(wish);
    if (row.name.isEmpty())
        return refuse(RefusalKind::invalid, QStringLiteral("a macro needs a name"));
    if (!isKey(row.key))
        return refuse(RefusalKind::invalid, QStringLiteral("the key of a macro is one letter or digit"));
    if (row.steps.isEmpty() || row.steps.size() > mostSteps)
        return refuse(RefusalKind::invalid, QStringLiteral("a macro needs between 1 and 20 steps"));
    for (const MacroStep &step : row.steps) {
        if (!isComplete(step))
            return refuse(RefusalKind::invalid, QStringLiteral("a step of the macro is not complete"));
    }
    if (m_facts.isNameTaken)
        return refuse(RefusalKind::notPossible, QStringLiteral("another one has this name"));
    if (m_facts.isKeyTaken)
        return refuse(RefusalKind::notPossible, QStringLiteral("another macro has this key"));
    Decision decision;
    if (m_facts.macro == row)
        return decision;
    if (m_facts.macro && isOtherThan(wish.was, versionOf(*m_facts.macro)))
        return refuse(RefusalKind::changed);
    decision.changes.emplace_back(Change::MacroRow{row});
    decision.after = row.name;
    if (m_facts.macro) {
        decision.before = m_facts.macro->name;
        auto back = *m_facts.macro;
        back.was = versionOf(row);
        decision.inverse = back;
    }
    return decision;
}

Verdict Rules::operator()(const Act::RemoveMacro &wish) const
{
    if (isOtherThan(wish.was, versionOf(*m_facts.macro)))
        return refuse(RefusalKind::changed);
    Decision decision;
    decision.changes.emplace_back(Change::MacroEnd{wish.macro});
    decision.before = m_facts.macro->name;
    Act::KeepMacro again = *m_facts.macro;
    again.macro = MacroId();
    decision.inverse = again;
    return decision;
}

} // namespace Earshot

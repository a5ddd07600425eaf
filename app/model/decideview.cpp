// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/rules.h"

#include "model/htmltext.h"
#include "model/keptversion.h"

#include <algorithm>

namespace Earshot {

namespace {

constexpr qsizetype mostViews = 100;
constexpr int longestNotice = 400;

auto findView(const Facts &facts, ViewId id)
{
    return std::find_if(facts.views.cbegin(), facts.views.cend(),
                        [id](const ViewFacts &view) { return view.id == id; });
}

bool isTaken(const Facts &facts, const QString &name, ViewId besides)
{
    return std::any_of(facts.views.cbegin(), facts.views.cend(), [&](const ViewFacts &view) {
        return view.id != besides && view.content.name.compare(name, Qt::CaseInsensitive) == 0;
    });
}

} // namespace

Verdict Rules::operator()(const Act::SaveView &wish) const
{
    Change::ViewRow row{wish.view, wish.content};
    const auto known = findView(m_facts, wish.view);
    completeView(row.content, known == m_facts.views.cend() ? ViewContent() : known->content);
    if (const QString problem = tidyView(row.content); !problem.isEmpty())
        return refuse(RefusalKind::invalid, problem);

    if (isTaken(m_facts, row.content.name, wish.view))
        return refuse(RefusalKind::notPossible, QStringLiteral("there is a view of this name"));
    Decision decision;
    decision.after = row.content.name;
    if (wish.view.isValid()) {
        if (known == m_facts.views.cend())
            return refuse(RefusalKind::notFound);
        if (known->content == row.content)
            return Decision();
        if (isOtherThan(wish.was, versionOf(known->content)))
            return refuse(RefusalKind::changed);
        decision.before = known->content.name;
        decision.inverse = Act::SaveView{wish.view, known->content, versionOf(row.content)};
    } else if (m_facts.views.size() >= mostViews) {
        return refuse(RefusalKind::notPossible, QStringLiteral("there are too many views"));
    }
    decision.changes.emplace_back(row);
    return decision;
}

Verdict Rules::operator()(const Act::RemoveView &wish) const
{
    const auto known = findView(m_facts, wish.view);
    if (known == m_facts.views.cend())
        return refuse(RefusalKind::notFound);
    if (isOtherThan(wish.was, versionOf(known->content)))
        return refuse(RefusalKind::changed);
    Decision decision;
    decision.changes.emplace_back(Change::ViewEnd{wish.view});
    decision.before = known->content.name;
    decision.inverse = Act::SaveView{ViewId(), known->content};
    return decision;
}

Verdict Rules::operator()(const Act::MoveView &wish) const
{
    const auto known = findView(m_facts, wish.view);
    const auto before = findView(m_facts, wish.before);
    if (known == m_facts.views.cend() || (wish.before.isValid() && before == m_facts.views.cend()))
        return refuse(RefusalKind::notFound);
    const auto next = std::next(known);
    const ViewId isBefore = next == m_facts.views.cend() ? ViewId() : next->id;
    if (wish.before == wish.view || wish.before == isBefore)
        return Decision();
    Change::ViewOrder order;
    for (const ViewFacts &view : m_facts.views) {
        if (view.id == wish.before)
            order.views.append(wish.view);
        if (view.id != wish.view)
            order.views.append(view.id);
    }
    if (!wish.before.isValid())
        order.views.append(wish.view);
    Decision decision;
    decision.changes.emplace_back(order);
    decision.after = known->content.name;
    decision.inverse = Act::MoveView{wish.view, isBefore};
    return decision;
}

Verdict Rules::operator()(const Act::PinNotice &wish) const
{
    Change::NewNotice row{wish};
    row.notice.text = cleanText(wish.text).trimmed();
    if (row.notice.text.isEmpty())
        return refuse(RefusalKind::invalid, QStringLiteral("a notice needs text"));
    if (row.notice.text.size() > longestNotice)
        return refuse(RefusalKind::invalid, QStringLiteral("a notice is too long"));
    if (wish.until <= m_now)
        return refuse(RefusalKind::invalid, QStringLiteral("the time is past"));
    const int places =
        int(wish.channel.isValid()) + int(wish.tag.isValid()) + int(wish.view.isValid()) + int(wish.list.has_value());
    if (places > 1)
        return refuse(RefusalKind::invalid, QStringLiteral("a notice is for one place"));
    if (wish.list && *wish.list > View::trouble)
        return refuse(RefusalKind::invalid, QStringLiteral("no list that is always there"));
    Decision decision;
    decision.channel = wish.channel;
    decision.changes.emplace_back(row);
    decision.after = row.notice.text;
    return decision;
}

Verdict Rules::operator()(const Act::UnpinNotice &wish) const
{
    Decision decision;
    decision.channel = m_facts.notice->channel;
    decision.changes.emplace_back(Change::NoticeEnd{wish.notice});
    decision.before = m_facts.notice->pinned.text;
    // What has run out meanwhile is not pinned again.
    if (m_facts.notice->pinned.until > m_now)
        decision.inverse = m_facts.notice->pinned;
    return decision;
}

} // namespace Earshot

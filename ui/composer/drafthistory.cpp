// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/composer/drafthistory.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTextCursor>
#include <QTextDocument>

#include <algorithm>
#include <limits>

namespace Earshot {

namespace {

constexpr qsizetype mostSteps = 100;
/// As many to be redone as to be undone; of a very long text fewer.
constexpr qsizetype mostTexts = 2 * mostSteps + 1;
constexpr qsizetype mostHeld = 4'000'000;
constexpr qsizetype mostCharacters = 32'000;

/// Whether `there` stands at this place.
bool standsAt(const QString &text, qsizetype at, const QString &there)
{
    return at >= 0 && at + there.size() <= text.size() && QStringView(text).sliced(at, there.size()) == there;
}

} // namespace

DraftHistory::DraftHistory(QTextDocument &document)
    : m_document(document)
    , m_stops{{document.availableUndoSteps(), Stop{document.toPlainText(), {}}}}
    , m_state(document.availableUndoSteps())
{
    connect(&document, &QTextDocument::contentsChange, this, &DraftHistory::onContentsChange);
}

DraftHistory::Step DraftHistory::difference(const QString &before, const QString &after)
{
    const qsizetype shorter = std::min(before.size(), after.size());
    qsizetype head = 0;
    while (head < shorter && before.at(head) == after.at(head))
        ++head;
    qsizetype tail = 0;
    while (tail < shorter - head && before.at(before.size() - 1 - tail) == after.at(after.size() - 1 - tail))
        ++tail;
    Step step{
        head, before.sliced(head, before.size() - head - tail), after.sliced(head, after.size() - head - tail), {}};
    const QJsonArray json{step.at, step.removed, step.added};
    step.json = QString::fromUtf8(QJsonDocument(json).toJson(QJsonDocument::Compact));
    return step;
}

/// The newest of them, as many as are kept.
QString DraftHistory::toJson(const QList<const Step *> &steps)
{
    qsizetype first = steps.size();
    qsizetype characters = 0;
    while (first > 0 && steps.size() - first < mostSteps) {
        const Step *step = steps.at(first - 1);
        characters += step->removed.size() + step->added.size();
        if (characters > mostCharacters)
            break;
        --first;
    }
    QString list;
    for (qsizetype i = first; i < steps.size(); ++i) {
        list += QLatin1Char(i == first ? '[' : ',');
        list += steps.at(i)->json;
    }
    return list.isEmpty() ? QStringLiteral("[]") : list + QLatin1Char(']');
}

QList<DraftHistory::Step> DraftHistory::stepsFrom(const QJsonArray &list)
{
    QList<Step> steps;
    for (const QJsonValue &value : list) {
        const QJsonArray one = value.toArray();
        steps.append({one.at(0).toInteger(), one.at(1).toString(), one.at(2).toString(), {}});
    }
    return steps;
}

void DraftHistory::put(int state, const QString &text)
{
    const auto stop = m_stops.insert(state, Stop{text, {}});
    if (const auto after = std::next(stop); after != m_stops.end())
        after->step.reset();
}

/// Those from the one number to below the other.
void DraftHistory::remove(int first, int beyond)
{
    auto stop = m_stops.lowerBound(first);
    while (stop != m_stops.end() && stop.key() < beyond)
        stop = m_stops.erase(stop);
    if (stop != m_stops.end())
        stop->step.reset();
}

/// The document says how many steps lie behind it, not whether it went a step or was typed on in one. Both end with a
/// text at that number: what lay between the old number and the new one is no place to stop any more.
void DraftHistory::onContentsChange()
{
    m_kept.reset();
    const int state = m_document.availableUndoSteps();
    const QString now = m_document.toPlainText();
    put(state, now);
    if (state > m_state + 1)
        remove(m_state + 1, state);
    if (!m_document.isRedoAvailable())
        remove(state + 1, std::numeric_limits<int>::max());
    while (m_stops.size() > mostTexts || (m_stops.size() > 1 && m_stops.size() * now.size() > mostHeld))
        m_stops.erase(m_stops.firstKey() < state ? m_stops.begin() : std::prev(m_stops.end()));
    m_state = state;
}

void DraftHistory::apply(const Step &step)
{
    QTextCursor cursor(&m_document);
    cursor.beginEditBlock();
    cursor.setPosition(int(step.at));
    cursor.setPosition(int(step.at + step.removed.size()), QTextCursor::KeepAnchor);
    cursor.insertText(step.added);
    cursor.endEditBlock();
}

void DraftHistory::restore(const QString &text, const QString &kept)
{
    const QJsonObject json = QJsonDocument::fromJson(kept.toUtf8()).object();
    const auto done = stepsFrom(json.value(QLatin1StringView("done")).toArray());
    const auto undone = stepsFrom(json.value(QLatin1StringView("undone")).toArray());
    QString base = text;
    bool isWhole = true;
    for (auto step = done.crbegin(); isWhole && step != done.crend(); ++step) {
        isWhole = standsAt(base, step->at, step->added);
        if (isWhole)
            base.replace(step->at, step->added.size(), step->removed);
    }
    QString further = text;
    for (auto step = undone.crbegin(); isWhole && step != undone.crend(); ++step) {
        isWhole = standsAt(further, step->at, step->removed);
        if (isWhole)
            further.replace(step->at, step->removed.size(), step->added);
    }
    m_document.setPlainText(isWhole ? base : text);
    m_state = m_document.availableUndoSteps();
    m_stops = {{m_state, Stop{m_document.toPlainText(), {}}}};
    m_kept.reset();
    if (!isWhole)
        return;
    for (const Step &step : done)
        apply(step);
    for (auto step = undone.crbegin(); step != undone.crend(); ++step)
        apply(*step);
    for (qsizetype i = 0; i < undone.size(); ++i)
        m_document.undo();
}

const QString &DraftHistory::toText() const
{
    if (m_kept)
        return *m_kept;
    m_kept = QString();
    if (m_stops.size() < 2)
        return *m_kept;
    QList<const Step *> done;
    QList<const Step *> undone;
    for (auto stop = std::next(m_stops.begin()); stop != m_stops.end(); ++stop) {
        if (!stop->step)
            stop->step = difference(std::prev(stop)->text, stop->text);
        // What put the same text in its own place is nothing to be undone in another document.
        if (stop->step->removed.isEmpty() && stop->step->added.isEmpty())
            continue;
        if (stop.key() <= m_state)
            done.append(&*stop->step);
        else
            undone.prepend(&*stop->step);
    }
    m_kept = QStringLiteral("{\"done\":") + toJson(done) + QStringLiteral(",\"undone\":") + toJson(undone) +
             QLatin1Char('}');
    return *m_kept;
}

} // namespace Earshot

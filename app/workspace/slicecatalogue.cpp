// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "workspace/slicecatalogue.h"

#include "workspace/changes.h"

#include <QJsonArray>

#include <algorithm>

namespace Earshot {

namespace {

/// Another one's slices are made anew. Since 2 their tables have keys.
constexpr int catalogueVersion = 2;

QString metaOf(Database &database, const char *name)
{
    Statement find = database.statement("select_meta");
    return find.bind("name", QString(QLatin1StringView(name))).next() ? find.text(0) : QString();
}

/// Whole numbers beyond 2^53 do not survive JSON's.
QString textOf(qint64 number)
{
    return QString::number(number);
}

qint64 numberOf(const QJsonValue &value)
{
    return value.toString().toLongLong();
}

QJsonObject toJson(const Slice &slice)
{
    QJsonArray ids;
    for (auto table = slice.ids.cbegin(); table != slice.ids.cend(); ++table)
        ids.append(QJsonArray{QString::fromLatin1(table.key()), textOf(table->lowest), textOf(table->highest)});
    return {{QStringLiteral("kind"), int(slice.range.kind)},
            {QStringLiteral("channel"), textOf(slice.range.channel)},
            {QStringLiteral("after"), textOf(slice.range.after)},
            {QStringLiteral("upTo"), textOf(slice.range.upTo)},
            {QStringLiteral("hash"), slice.hash},
            {QStringLiteral("size"), textOf(slice.size)},
            {QStringLiteral("rows"), textOf(slice.rows)},
            {QStringLiteral("newest"), textOf(slice.newest)},
            {QStringLiteral("position"), textOf(slice.position)},
            {QStringLiteral("madeAt"), textOf(toMs(slice.madeAt))},
            {QStringLiteral("listedAt"), textOf(toMs(slice.listedAt))},
            {QStringLiteral("isChanged"), slice.isChanged},
            {QStringLiteral("hasLostRows"), slice.hasLostRows},
            {QStringLiteral("ids"), ids}};
}

Slice fromJson(const QJsonObject &json)
{
    const auto number = [&json](const char *name) { return numberOf(json.value(QLatin1StringView(name))); };
    Slice slice;
    slice.range = {SliceKind(json.value(QLatin1StringView("kind")).toInt()), number("channel"), number("after"),
                   number("upTo")};
    slice.hash = json.value(QLatin1StringView("hash")).toString();
    slice.size = number("size");
    slice.rows = number("rows");
    slice.newest = number("newest");
    slice.position = number("position");
    slice.madeAt = timeFromMs(number("madeAt"));
    slice.listedAt = timeFromMs(number("listedAt"));
    slice.isChanged = json.value(QLatin1StringView("isChanged")).toBool(true);
    slice.hasLostRows = json.value(QLatin1StringView("hasLostRows")).toBool(true);
    for (const QJsonValue &table : json.value(QLatin1StringView("ids")).toArray())
        slice.ids.insert(table[0].toString().toLatin1(), {numberOf(table[1]), numberOf(table[2])});
    return slice;
}

} // namespace

int SliceCatalogue::mostUnits(SliceKind kind) const
{
    switch (kind) {
    case SliceKind::conversations:
        return m_sizes.conversations;
    case SliceKind::threads:
        return m_sizes.threads;
    case SliceKind::people:
        return m_sizes.people;
    default:
        return m_sizes.contacts;
    }
}

Slice &SliceCatalogue::add(const SliceRange &range)
{
    Slice &slice = m_slices[{range.kind, range.channel, range.after}];
    slice = {};
    slice.range = range;
    return slice;
}

/// Cuts each channel's units into ranges, in one walk over all of them.
void SliceCatalogue::planUnits(Database &database, SliceKind kind, const char *statement)
{
    QHash<qint64, std::pair<Key, int>> open; ///< of each channel the last range, and how many units it has
    Statement walk = database.statement(statement);
    while (walk.next()) {
        const qint64 channel = walk.integer(0);
        const qint64 id = walk.integer(1);
        auto last = open.find(channel);
        if (last == open.end() || last->second == mostUnits(kind)) {
            const qint64 after = last == open.end() ? 0 : m_slices.at(last->first).range.upTo;
            static_cast<void>(add({kind, channel, after}));
            last = open.insert(channel, {Key{kind, channel, after}, 0});
        }
        Slice &slice = m_slices.at(last->first);
        slice.newest = std::max(slice.newest, walk.integer(2));
        if (++last->second == mostUnits(kind))
            slice.range.upTo = id;
    }
    // A channel's last range stays open for what comes; full ones are followed by one.
    for (const auto &[key, count] : std::as_const(open)) {
        if (const SliceRange range = m_slices.at(key).range; !range.isOpen())
            static_cast<void>(add({kind, range.channel, range.upTo}));
    }
}

void SliceCatalogue::plan(Database &database)
{
    m_slices.clear();
    static_cast<void>(add({SliceKind::workspace}));
    {
        Statement channels = database.statement("slice_plan_channel");
        while (channels.next())
            static_cast<void>(add({SliceKind::channel, channels.integer(0)}));
    }
    planUnits(database, SliceKind::conversations, "slice_plan_conversation");
    planUnits(database, SliceKind::threads, "slice_plan_thread");
    planUnits(database, SliceKind::people, "slice_plan_identity");
    planUnits(database, SliceKind::contacts, "slice_plan_contact");
}

/// The unit's slice is not what it should be any more, unless it was made after that change.
void SliceCatalogue::noteTouched(SliceKind kind, qint64 channel, qint64 unit, Seq seq)
{
    auto found = m_slices.lower_bound({kind, channel, std::max<qint64>(unit, 1)});
    const bool isFound =
        found != m_slices.begin() && (--found)->second.range.kind == kind && found->second.range.channel == channel;
    Slice &slice = isFound ? found->second : add({kind, channel});
    if (seq > slice.position)
        slice.isChanged = true;
}

/// Whose a deleted row was is not known any more: whoever may hold it is made again.
void SliceCatalogue::noteGone(const QByteArray &table, qint64 channel, qint64 row, Seq seq)
{
    const qint64 ofChannel = table == "channel" ? row : channel;
    for (auto &[key, slice] : m_slices) {
        // What belongs to the whole workspace may have come along with a channel's.
        if (ofChannel != 0 && slice.range.channel != ofChannel)
            continue;
        const auto ids = slice.ids.constFind(table);
        if (seq <= slice.position || ids == slice.ids.cend() || row < ids->lowest || row > ids->highest)
            continue;
        slice.isChanged = true;
        slice.hasLostRows = true;
    }
}

Done SliceCatalogue::refresh(Database &database)
{
    const QString incarnation = metaOf(database, "incarnation");
    const Seq forgotten = metaOf(database, "tombstones_since").toLongLong();
    Seq last = 0;
    {
        Statement find = database.statement("select_last_seq");
        last = find.next() ? find.integer(0) : 0;
    }
    if (Done done = database.done(); !done)
        return done;
    if (m_slices.empty() || incarnation != m_incarnation || m_lookedAt < forgotten || last < m_lookedAt) {
        plan(database);
    } else {
        Statement touched = database.statement("slice_touched");
        touched.bind("since", m_lookedAt);
        while (touched.next())
            noteTouched(SliceKind(touched.integer(1)), touched.integer(2), touched.integer(3), touched.integer(0));
        Statement gone = database.statement("slice_gone");
        gone.bind("since", m_lookedAt);
        while (gone.next())
            noteGone(gone.text(1).toLatin1(), gone.integer(2), gone.integer(3), gone.integer(0));
    }
    if (Done done = database.done(); !done)
        return done;
    m_incarnation = incarnation;
    m_lookedAt = last;
    const Seq cutAt = metaOf(database, referencesCutAt).toLongLong();
    for (auto &[key, slice] : m_slices) {
        // What it says of others, not all may be told any more.
        const bool hasNames = slice.range.kind == SliceKind::conversations || slice.range.kind == SliceKind::contacts;
        if (hasNames && slice.position < cutAt)
            slice.isChanged = slice.hasLostRows = true;
        if (!slice.isChanged)
            slice.position = std::max(slice.position, last);
    }
    return {};
}

void SliceCatalogue::note(const Key &key, const WrittenSlice &written, Time now)
{
    Slice &slice = m_slices.at(key);
    if (slice.range.isOpen() && !written.range.isOpen())
        static_cast<void>(add({slice.range.kind, slice.range.channel, written.range.upTo}));
    slice.range = written.range;
    slice.rows = written.rows;
    slice.newest = written.newest;
    slice.position = written.position;
    slice.ids = written.ids;
    slice.madeAt = now;
    slice.isChanged = false;
    slice.hasLostRows = false;
}

QJsonObject SliceCatalogue::toJson() const
{
    QJsonArray slices;
    for (const auto &[key, slice] : m_slices)
        slices.append(Earshot::toJson(slice));
    return {{QStringLiteral("version"), catalogueVersion},
            {QStringLiteral("incarnation"), m_incarnation},
            {QStringLiteral("lookedAt"), textOf(m_lookedAt)},
            {QStringLiteral("slices"), slices}};
}

bool SliceCatalogue::takeJson(const QJsonObject &json)
{
    if (json.value(QLatin1StringView("version")).toInt() != catalogueVersion)
        return false;
    m_slices.clear();
    m_incarnation = json.value(QLatin1StringView("incarnation")).toString();
    m_lookedAt = numberOf(json.value(QLatin1StringView("lookedAt")));
    for (const QJsonValue &value : json.value(QLatin1StringView("slices")).toArray()) {
        const Slice slice = fromJson(value.toObject());
        m_slices[{slice.range.kind, slice.range.channel, slice.range.after}] = slice;
    }
    return true;
}

} // namespace Earshot

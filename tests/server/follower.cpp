// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/server/follower.h"

#include "tests/takeslice.h"
#include "workspace/changes.h"
#include "workspace/searchindex.h"
#include "workspace/slicepack.h"
#include "workspace/wirerows.h"

#include <QCryptographicHash>
#include <QFile>
#include <QStandardPaths>

#include <sqlite3.h>

#include <algorithm>

namespace Earshot {

namespace {

QString str(const char *text)
{
    return QString::fromUtf8(text);
}

/// Also where assertions are off.
void check(bool isFine, const QString &what)
{
    if (!isFine)
        qFatal("the follower: %s", qPrintable(what));
}

QJsonArray callOf(const QString &method, const QJsonObject &arguments, const QString &id)
{
    QJsonArray call;
    call.append(method);
    call.append(arguments);
    call.append(id);
    return call;
}

} // namespace

Seq seqOfState(const QString &state)
{
    return state.section(u'-', -1).toLongLong();
}

Follower::Follower(WireClient &client, const QString &account)
    : m_client(client)
    , m_account(account)
{
    QStandardPaths::setTestModeEnabled(true);
    const QString path = m_folder.filePath(str("replica.earshot"));
    check(Workspace::create(path, str("nobody"), m_clock).has_value(), path);
    m_database = std::move(Database::open(path, Database::Mode::readWrite).value());
    m_database->execute(str("DELETE FROM agent; PRAGMA foreign_keys = OFF; PRAGMA synchronous = OFF"));
}

void Follower::fetch(const QJsonObject &slice, qint64 pieceSize)
{
    const QString blob = slice.value(str("blobId")).toString();
    const qint64 size = slice.value(str("size")).toInteger();
    const QByteArray path =
        "/jmap/download/" + m_account.toLatin1() + '/' + blob.toLatin1() + "/slice?type=application/zstd";
    QByteArray bytes;
    while (bytes.size() < size) {
        const QByteArray range =
            QByteArray::number(bytes.size()) + '-' + QByteArray::number(bytes.size() + pieceSize - 1);
        const WireReply reply = m_client.send("GET", path, {}, "Range: bytes=" + range + "\r\n");
        check(reply.status == 206 && !reply.body.isEmpty(), str("status %1 of a slice").arg(reply.status));
        bytes += reply.body;
    }
    check(QString::fromLatin1(QCryptographicHash::hash(bytes, QCryptographicHash::Sha256).toHex()) == blob,
          str("another hash"));
    QFile packed(m_folder.filePath(str("packed")));
    check(packed.open(QIODevice::WriteOnly) && packed.write(bytes) == bytes.size(), packed.errorString());
    packed.close();
    const QString plain = m_folder.filePath(str("plain"));
    check(unpackFile(packed.fileName(), plain, 1'000'000'000).has_value(), str("it cannot be unpacked"));
    QFile file(plain);
    check(file.open(QIODevice::ReadOnly), plain);
    m_sliceBytes += file.readAll();
    const Done applied = takeSlice(*m_database, plain);
    check(applied.has_value(), applied ? QString() : applied.error().detail);
}

bool Follower::fetchSlices(qint64 pieceSize)
{
    const WireReply reply = m_client.get("/jmap/slices");
    check(reply.status == 200, str("status %1 of the slices: %2").arg(reply.status).arg(QString::fromUtf8(reply.body)));
    const QJsonObject listing = reply.json();
    for (const QJsonValue &value : listing.value(str("slices")).toArray()) {
        const QJsonObject slice = value.toObject();
        const QString id = slice.value(str("id")).toString();
        if (m_fetched.contains(id))
            continue;
        fetch(slice, pieceSize);
        m_fetched.insert(id);
        m_kinds.append(slice.value(str("kind")).toString());
        blobs.append(slice.value(str("blobId")).toString());
        const QString state = slice.value(str("state")).toString();
        if (m_state.isEmpty() || seqOfState(state) < seqOfState(m_state))
            m_state = state;
    }
    LateIndexing indexing(std::chrono::seconds(1));
    while (indexing.step(*m_database).value_or(false)) {
    }
    check(m_database->done().has_value(), str("the index"));
    return listing.value(str("isComplete")).toBool();
}

/// Rows as objects with "@table", those that are no more with "@gone", by their numbers.
void Follower::applyRows(const QList<QPair<qint64, QJsonObject>> &rows)
{
    ChangeBatch batch;
    for (const auto &[seq, object] : rows) {
        const QByteArray table = object.value(str("@table")).toString().toLatin1();
        if (object.contains(str("@gone"))) {
            batch.rows.append({table, seq, true, object.value(str("@gone")).toString().toLongLong(), {}});
            continue;
        }
        const auto row = rowFromWire(table, wireColumns(*m_database, table), object);
        check(row.has_value(), row ? QString() : row.error().detail);
        batch.rows.append(*row);
    }
    std::stable_sort(batch.rows.begin(), batch.rows.end(),
                     [](const ChangedRow &a, const ChangedRow &b) { return a.seq < b.seq; });
    m_database->execute(str("BEGIN"));
    applyChanges(*m_database, batch);
    indexWaiting(*m_database);
    m_database->execute(str("COMMIT"));
    const Done done = m_database->done();
    check(done.has_value(), done ? QString() : done.error().detail);
}

bool Follower::follow(int maxChanges)
{
    QHash<QByteArray, QString> states;
    for (const QByteArray &table : synchronisedTables())
        states.insert(table, m_state);
    QString newest = m_state;
    bool hasMore = true;
    while (hasMore) {
        hasMore = false;
        QJsonArray calls;
        for (const QByteArray &table : synchronisedTables()) {
            const QString type = wireTypeOf(table);
            calls.append(callOf(type + str("/changes"),
                                {{str("accountId"), m_account},
                                 {str("sinceState"), states.value(table)},
                                 {str("maxChanges"), maxChanges}},
                                type));
        }
        const QJsonArray changes = m_client.post(calls).json().value(str("methodResponses")).toArray();
        check(changes.size() == calls.size(), str("not all types were answered"));
        QList<QPair<qint64, QJsonObject>> rows;
        for (qsizetype i = 0; i < changes.size(); ++i) {
            const QByteArray table = synchronisedTables()[i];
            if (changes[i][0].toString() == str("error"))
                return false;
            const QJsonObject changed = changes[i][1].toObject();
            hasMore = hasMore || changed.value(str("hasMoreChanges")).toBool();
            states[table] = changed.value(str("newState")).toString();
            if (seqOfState(states[table]) > seqOfState(newest))
                newest = states[table];
            for (const QJsonValue &id : changed.value(str("destroyed")).toArray())
                rows.append({0, {{str("@table"), QString::fromLatin1(table)}, {str("@gone"), id}}});
            QJsonArray ids = changed.value(str("created")).toArray();
            for (const QJsonValue &id : changed.value(str("updated")).toArray())
                ids.append(id);
            while (!ids.isEmpty()) {
                QJsonArray some;
                for (int n = 0; n < 500 && !ids.isEmpty(); ++n)
                    some.append(ids.takeAt(0));
                const QJsonObject gotten =
                    m_client.call(wireTypeOf(table) + str("/get"), {{str("accountId"), m_account}, {str("ids"), some}});
                for (const QJsonValue &value : gotten.value(str("list")).toArray()) {
                    QJsonObject row = value.toObject();
                    row.insert(str("@table"), QString::fromLatin1(table));
                    rows.append({row.value(str("seq")).toInteger(), row});
                }
            }
        }
        applyRows(rows);
    }
    m_state = newest;
    return true;
}

bool Follower::apply(const QJsonObject &delta)
{
    if (delta.value(str("from")).toString() != m_state)
        return false;
    QList<QPair<qint64, QJsonObject>> rows;
    for (const QJsonValue &change : delta.value(str("changes")).toArray()) {
        const QJsonObject types = change[str("rows")].toObject();
        for (auto type = types.begin(); type != types.end(); ++type) {
            for (const QJsonValue &value : type.value().toArray()) {
                QJsonObject row = value.toObject();
                row.insert(str("@table"), QString::fromLatin1(tableOfWireType(type.key())));
                rows.append({row.value(str("seq")).toInteger(), row});
            }
        }
        for (const QJsonValue &gone : change[str("destroyed")].toArray())
            rows.append({gone[str("seq")].toInteger(),
                         {{str("@table"), QString::fromLatin1(tableOfWireType(gone[str("type")].toString()))},
                          {str("@gone"), gone[str("id")]}}});
    }
    applyRows(rows);
    m_state = delta.value(str("to")).toString();
    return true;
}

QStringList visibleRows(Database &database, const QByteArray &table, const QSet<qint64> &hidden)
{
    QStringList rows;
    const QByteArray sql = "SELECT * FROM " + table + " ORDER BY id";
    sqlite3_stmt *statement = nullptr;
    check(sqlite3_prepare_v2(database.handle(), sql.constData(), -1, &statement, nullptr) == SQLITE_OK,
          QString::fromLatin1(sql));
    while (sqlite3_step(statement) == SQLITE_ROW) {
        if (hidden.contains(sqlite3_column_int64(statement, table == "channel" ? 0 : 3)))
            continue;
        QStringList row;
        for (int i = 0; i < sqlite3_column_count(statement); ++i) {
            const auto *text = reinterpret_cast<const char *>(sqlite3_column_text(statement, i));
            row.append(text ? QString::fromUtf8(text) : str("-"));
        }
        rows.append(row.join(u'|'));
    }
    sqlite3_finalize(statement);
    return rows;
}

QStringList tableRows(Database &database, const QByteArray &table)
{
    return visibleRows(database, table, {});
}

} // namespace Earshot

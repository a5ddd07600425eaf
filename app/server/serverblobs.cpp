// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Files over the wire: RFC 8620 6.

#include "model/future.h"
#include "server/answers.h"
#include "server/server.h"
#include "workspace/schema.h"

#include <QFile>
#include <QJsonArray>
#include <QUrl>

#include <algorithm>

namespace Earshot {

namespace {

constexpr qsizetype longestName = 200;
constexpr Duration slicesLater = std::chrono::seconds(10);

/// "type/subtype" of plain letters, as a header may carry it.
bool isType(const QByteArray &type)
{
    return type.size() < 100 && type.count('/') == 1 && std::all_of(type.cbegin(), type.cend(), [](char c) {
               return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                      QByteArrayView("/.+-").contains(c);
           });
}

/// A part of a file, from `first` to `last`.
struct Range
{
    qint64 first = 0;
    qint64 last = 0;
};

/// RFC 9110 14.2: one range. @return nothing when there is none that is understood: the whole file is sent then
std::optional<Range> readRange(const HttpHead &head, qint64 size, const QByteArray &tag)
{
    const QByteArray header = head.header("range");
    const qsizetype dash = header.indexOf('-');
    if (!header.startsWith("bytes=") || dash < 0 || header.contains(','))
        return std::nullopt;
    if (head.has("if-range") && head.header("if-range") != tag)
        return std::nullopt;
    const QByteArray first = header.mid(6, dash - 6);
    const QByteArray last = header.mid(dash + 1);
    bool isFirst = false;
    bool isLast = false;
    const qint64 from = first.toLongLong(&isFirst);
    const qint64 to = last.toLongLong(&isLast);
    const bool isSound = (isFirst || first.isEmpty()) && (isLast || last.isEmpty()) && (isFirst || isLast);
    if (!isSound || from < 0 || to < 0 || (isFirst && isLast && to < from))
        return std::nullopt;
    if (!isFirst)
        return Range{std::max<qint64>(0, size - to), to == 0 ? -1 : size - 1};
    return Range{from, isLast ? std::min(to, size - 1) : size - 1};
}

void sendFile(HttpConnection &connection, HttpReply &reply, std::unique_ptr<QFile> file)
{
    const qint64 size = file->size();
    const auto range = readRange(connection.head(), size, reply.headers.constLast().second);
    reply.headers.emplaceBack("Accept-Ranges", "bytes");
    if (!range) {
        connection.answerFile(reply, std::move(file), size);
        return;
    }
    if (range->first > range->last) {
        HttpReply none = plainProblem(416);
        none.headers.emplaceBack("Content-Range", "bytes */" + QByteArray::number(size));
        connection.answer(none);
        return;
    }
    reply.status = 206;
    reply.headers.emplaceBack("Content-Range", "bytes " + QByteArray::number(range->first) + '-' +
                                                   QByteArray::number(range->last) + '/' + QByteArray::number(size));
    file->seek(range->first);
    connection.answerFile(reply, std::move(file), range->last - range->first + 1);
}

QString idOf(const SliceRange &range)
{
    return QString::number(int(range.kind)) + u'.' + QString::number(range.channel) + u'.' +
           QString::number(range.after);
}

QJsonValue newestOf(const Slice &slice)
{
    return slice.newest == 0 ? QJsonValue() : QJsonValue(toIso(timeFromMs(slice.newest)));
}

QJsonArray toComeOf(const SliceStore::Listing &listing)
{
    QJsonArray toCome;
    for (const Slice &slice : listing.toCome)
        toCome.append(QJsonObject{{QStringLiteral("id"), idOf(slice.range)},
                                  {QStringLiteral("channel"), QString::number(slice.range.channel)},
                                  {QStringLiteral("newestAt"), newestOf(slice)}});
    return toCome;
}

QJsonObject sliceList(const SliceStore::Listing &listing, const Viewer &viewer)
{
    static const QStringList kinds{QStringLiteral("workspace"),     QStringLiteral("channel"),
                                   QStringLiteral("conversations"), QStringLiteral("threads"),
                                   QStringLiteral("people"),        QStringLiteral("contacts")};
    QJsonArray slices;
    for (const Slice &slice : listing.slices) {
        const qint64 channel = slice.range.channel;
        slices.append(
            QJsonObject{{QStringLiteral("id"), idOf(slice.range)},
                        {QStringLiteral("kind"), kinds.value(int(slice.range.kind))},
                        {QStringLiteral("channel"), channel == 0 ? QJsonValue() : QJsonValue(QString::number(channel))},
                        {QStringLiteral("blobId"), slice.hash},
                        {QStringLiteral("size"), slice.size},
                        {QStringLiteral("state"), viewer.state(slice.position)},
                        {QStringLiteral("newestAt"), newestOf(slice)}});
    }
    return {{QStringLiteral("accountId"), viewer.account},
            {QStringLiteral("isComplete"), listing.isComplete},
            {QStringLiteral("toCome"), toComeOf(listing)},
            {QStringLiteral("schema"), newestSchemaVersion()},
            {QStringLiteral("slices"), slices}};
}

} // namespace

/// /jmap/upload/ACCOUNT/
void Server::takeUpload(HttpConnection &connection, const Principal &principal)
{
    const HttpHead &head = connection.head();
    if (head.contentLength > m_options.limits.uploadBytes) {
        const QString limit = QStringLiteral("maxSizeUpload");
        refuseKnown(connection, principal, limit, problemAnswer(overLimit(limit, 413)));
        return;
    }
    // It is left with the connection, or when the body is here.
    const auto place = m_uploading.take(principal.token);
    if (!place) {
        const QString limit = QStringLiteral("maxConcurrentUpload");
        HttpReply later = problemAnswer(overLimit(limit, 429));
        later.headers.emplaceBack("Retry-After", "1");
        refuseKnown(connection, principal, limit, later);
        return;
    }
    connection.readBody(m_options.limits.uploadBytes, principal.agent,
                        [this, &connection, principal, place, account = head.path.section(u'/', 3, 3)](
                            const QByteArray &body) { keepUpload(connection, principal, account, body); });
}

void Server::keepUpload(HttpConnection &connection, const Principal &principal, const QString &account,
                        const QByteArray &body)
{
    const QString type = QString::fromLatin1(connection.head().header("content-type")).section(u';', 0, 0).toLower();
    const auto viewer = m_desk.workspace().read<std::optional<Viewer>>(
        [agent = principal.agent](Database &database) { return loadViewer(database, agent); });
    whenDone(viewer, &connection,
             [this, &connection, principal, account, body, type](const Result<std::optional<Viewer>> &loaded) {
                 if (!loaded) {
                     connection.answer(troubleAnswer(loaded.error()));
                     return;
                 }
                 if (!*loaded || (*loaded)->account != account) {
                     connection.answer(plainProblem(404));
                     return;
                 }
                 if ((*loaded)->role == Role::viewer) {
                     m_log.write({{},
                                  QStringLiteral("actionRefused"),
                                  principal.agent,
                                  (*loaded)->name,
                                  principal.address,
                                  principal.token,
                                  QStringLiteral("upload")});
                     connection.answer(plainProblem(403));
                     return;
                 }
                 whenDone(m_blobs.keep(principal.agent, body, type), &connection,
                          [&connection, account](const Result<BlobService::Kept> &kept) {
                              if (kept)
                                  connection.answer(jsonAnswer({{QStringLiteral("accountId"), account},
                                                                {QStringLiteral("blobId"), kept->hash},
                                                                {QStringLiteral("type"), kept->type},
                                                                {QStringLiteral("size"), kept->size}},
                                                               201));
                              else if (kept.error().kind == ErrorKind::unsupported)
                                  connection.answer(plainProblem(415, QStringLiteral("this is not sent along")));
                              else
                                  connection.answer(
                                      laterAnswer(503, std::chrono::seconds(30), word(kept.error().kind)));
                          });
             });
}

/// /jmap/download/ACCOUNT/BLOB/NAME?type=TYPE
void Server::sendBlob(HttpConnection &connection, const Principal &principal)
{
    const HttpHead &head = connection.head();
    const QString blob = head.path.section(u'/', 4, 4);
    const QByteArray name = QUrl::toPercentEncoding(head.path.section(u'/', 5).left(longestName));
    const QByteArray wished = head.query.queryItemValue(QStringLiteral("type"), QUrl::FullyDecoded).toLatin1();
    whenDone(m_blobs.load(principal.agent, head.path.section(u'/', 3, 3), blob), &connection,
             [&connection, name, wished, blob](const Result<BlobService::Blob> &loaded) {
                 auto file = std::make_unique<QFile>(loaded ? loaded->path : QString());
                 const bool isMissing = loaded ? !file->exists() : loaded.error().kind == ErrorKind::notFound;
                 if (isMissing || !loaded || !file->open(QIODevice::ReadOnly)) {
                     connection.answer(isMissing
                                           ? plainProblem(404)
                                           : troubleAnswer(loaded ? Error{ErrorKind::io, {}, {}} : loaded.error()));
                     return;
                 }
                 HttpReply reply;
                 reply.type = isType(wished) ? wished : loaded->type.toLatin1();
                 if (!isType(reply.type))
                     reply.type = "application/octet-stream";
                 // Never shown as a page of this server, whatever it claims to be.
                 reply.headers.emplaceBack("Content-Disposition", "attachment; filename*=UTF-8''" + name);
                 reply.headers.emplaceBack("Content-Security-Policy", "sandbox; default-src 'none'");
                 reply.headers.emplaceBack("Cache-Control", "private, immutable, max-age=31536000");
                 reply.headers.emplaceBack("ETag", '"' + blob.toLatin1() + '"');
                 sendFile(connection, reply, std::move(file));
             });
}

/// Slices of the first synchronisation: what may be fetched, as the download URL has it.
void Server::listSlices(HttpConnection &connection, const Principal &principal)
{
    const auto viewer = m_desk.workspace().read<std::optional<Viewer>>(
        [agent = principal.agent](Database &database) { return loadViewer(database, agent); });
    whenDone(viewer, &connection, [this, &connection](const Result<std::optional<Viewer>> &loaded) {
        if (!loaded || !*loaded) {
            if (loaded)
                sayWhoIsNot(connection);
            else
                connection.answer(troubleAnswer(loaded.error()));
            return;
        }
        whenDone(m_slices.list((*loaded)->hidden), &connection,
                 [&connection, viewer = **loaded](const Result<SliceStore::Listing> &listing) {
                     if (listing && (listing->isComplete || !listing->trouble))
                         connection.answer(jsonAnswer(sliceList(*listing, viewer)));
                     else
                         connection.answer(laterAnswer(503, slicesLater,
                                                       word(listing ? listing->trouble->kind : listing.error().kind)));
                 });
    });
}

} // namespace Earshot

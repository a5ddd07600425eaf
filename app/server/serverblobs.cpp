// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Files over the wire: RFC 8620 6.

#include "model/future.h"
#include "server/answers.h"
#include "server/server.h"

#include <QPointer>
#include <QUrl>

#include <algorithm>

namespace Earshot {

namespace {

constexpr qsizetype longestName = 200;

/// "type/subtype" of plain letters, as a header may carry it.
bool isType(const QByteArray &type)
{
    return type.size() < 100 && type.count('/') == 1 && std::all_of(type.cbegin(), type.cend(), [](char c) {
               return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                      QByteArrayView("/.+-").contains(c);
           });
}

} // namespace

/// /jmap/upload/ACCOUNT/
void Server::takeUpload(HttpConnection &connection, const Principal &principal)
{
    const HttpHead &head = connection.head();
    if (head.contentLength > m_options.limits.uploadBytes) {
        connection.answer(problemAnswer(overLimit(QStringLiteral("maxSizeUpload"), 413)));
        return;
    }
    if (m_uploading.value(principal.token) >= m_options.limits.concurrentUploads) {
        HttpReply later = problemAnswer(overLimit(QStringLiteral("maxConcurrentUpload"), 429));
        later.headers.emplaceBack("Retry-After", "1");
        connection.answer(later);
        return;
    }
    ++m_uploading[principal.token];
    // Ends with the connection, or with the body.
    const auto done = std::shared_ptr<void>(nullptr, [self = QPointer(this), token = principal.token](void *) {
        if (self && --self->m_uploading[token] == 0)
            self->m_uploading.remove(token);
    });
    connection.readBody(m_options.limits.uploadBytes,
                        [this, &connection, principal, done, account = head.path.section(u'/', 3, 3)](
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
                 if (!loaded || !*loaded || (*loaded)->account != account) {
                     connection.answer(plainProblem(404));
                     return;
                 }
                 if ((*loaded)->role == Role::viewer) {
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
    whenDone(m_blobs.load(principal.agent, blob), &connection,
             [&connection, name, wished](const Result<BlobService::Blob> &loaded) {
                 if (!loaded) {
                     connection.answer(plainProblem(loaded.error().kind == ErrorKind::notFound ? 404 : 500));
                     return;
                 }
                 HttpReply reply;
                 reply.type = isType(wished) ? wished : loaded->type.toLatin1();
                 if (!isType(reply.type))
                     reply.type = "application/octet-stream";
                 reply.body = loaded->bytes;
                 // Never shown as a page of this server, whatever it claims to be.
                 reply.headers.emplaceBack("Content-Disposition", "attachment; filename*=UTF-8''" + name);
                 reply.headers.emplaceBack("Content-Security-Policy", "sandbox; default-src 'none'");
                 reply.headers.emplaceBack("Cache-Control", "private, immutable, max-age=31536000");
                 connection.answer(reply);
             });
}

} // namespace Earshot

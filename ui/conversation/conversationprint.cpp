// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/conversation/conversationprint.h"

#include "ui/conversation/pictureloader.h"
#include "ui/conversation/sentences.h"
#include "ui/shell/wording.h"
#include "workspace/queries.h"
#include "workspace/wholefile.h"

#include <QFileInfo>
#include <QLocale>
#include <QPainter>
#include <QPdfWriter>
#include <QPrinter>
#include <QTemporaryDir>
#include <QTextBoundaryFinder>
#include <QTextCursor>
#include <QTextDocument>
#include <QTextFrame>
#include <QUrl>

#include <algorithm>

namespace Earshot {

namespace {

constexpr QSize pictureSize(480, 360);
constexpr qreal textSize = 10;
constexpr int emojiScale = 4; ///< sharp on paper

bool isEmoji(QStringView cluster)
{
    const QList<uint> points = cluster.toUcs4();
    const uint first = points.value(0);
    const bool isPicture = first >= 0x1F000 && first < 0x20000;
    // A sign that is text or picture is a picture when it says so, or joins others.
    return isPicture || (points.size() > 1 && (points.contains(0xFE0F) || points.contains(0x20E3)));
}

/// Writes one conversation into a document. Lives for one document.
class Writer final
{
    Q_DECLARE_TR_FUNCTIONS(Earshot::PrintDocument)

public:
    Writer(QTextDocument &document, QString mediaFolder, Time now)
        : m_document(document)
        , m_cursor(&document)
        , m_media(std::move(mediaFolder))
        , m_now(now)
    {
    }

    void head(const ConversationPrint &print)
    {
        const ConversationRecord &row = print.conversation;
        QTextCharFormat large = format(Qt::black, true);
        large.setFontPointSize(textSize * 1.5);
        write(QStringLiteral("#%1  %2").arg(QString::number(row.number), Wording::isolated(row.contactName)), large);
        block();
        if (!row.subject.isEmpty()) {
            write(row.subject, format(Qt::black, true));
            block();
        }
        write(QStringList{row.contactHandle, print.channel, Sentences::status(row, m_now), row.threadUrl}.join(
                  QStringLiteral(" · ")),
              format(Qt::darkGray));
        block();
        write(tr("Printed on %1").arg(QLocale().toString(toDateTime(m_now).toLocalTime(), QLocale::LongFormat)),
              format(Qt::darkGray));
    }

    void cut()
    {
        block(12);
        write(tr("What is older is not on this paper: it would be too long."), format(Qt::black, true));
    }

    void message(const MessageRecord &message)
    {
        block(12);
        const QString who =
            message.kind == MessageKind::note ? tr("Note of %1").arg(Wording::isolated(message.agentName))
            : !message.agentName.isEmpty()
                ? tr("%1 as %2").arg(Wording::isolated(message.agentName), Wording::isolated(message.authorHandle))
                : QStringLiteral("%1 %2").arg(Wording::isolated(message.authorName),
                                              Wording::isolated(message.authorHandle));
        write(who, format(Qt::black, true));
        QStringList marks{Sentences::moment(message.sortAt, m_now)};
        if (message.visibility == Visibility::direct)
            marks.append(tr("private"));
        if (message.delivery)
            marks.append(Sentences::delivery(*message.delivery, m_now));
        if (const QString state = Sentences::remoteState(message); !state.isEmpty())
            marks.append(state);
        write(QStringLiteral("   ") + marks.join(QStringLiteral(" · ")), format(Qt::darkGray));
        if (!message.contentWarning.isEmpty()) {
            block();
            write(tr("Content warning: %1").arg(Wording::isolated(message.contentWarning)), format(Qt::black));
        }
        for (const QString &older : message.olderTexts) {
            block();
            write(tr("Before it was edited: %1").arg(older), format(Qt::darkGray));
        }
        block();
        write(message.text, format(Qt::black));
        for (const MediaRecord &media : message.media)
            picture(media);
    }

    void event(const QString &sentence, Time at)
    {
        block(6);
        write(QStringLiteral("— %1 · %2 —").arg(sentence, Sentences::moment(at, m_now)), format(Qt::darkGray));
    }

private:
    [[nodiscard]] static QTextCharFormat format(const QColor &color, bool isBold = false)
    {
        QTextCharFormat made;
        made.setForeground(color);
        made.setFontPointSize(textSize);
        made.setFontWeight(isBold ? QFont::Bold : QFont::Normal);
        return made;
    }
    void block(qreal space = 2)
    {
        QTextBlockFormat made;
        made.setTopMargin(space);
        m_cursor.insertBlock(made);
    }
    void write(const QString &text, const QTextCharFormat &as)
    {
        const QList<TextPiece> pieces = splitEmoji(text);
        for (const TextPiece &piece : pieces) {
            if (piece.isEmoji)
                emoji(piece.text, as);
            else
                m_cursor.insertText(QString(piece.text).replace(QLatin1Char('\n'), QChar::LineSeparator), as);
        }
    }
    void emoji(const QString &text, const QTextCharFormat &as)
    {
        QFont font = m_document.defaultFont();
        font.setPixelSize(int(as.fontPointSize() * 96 / 72) * emojiScale);
        const QString name = QStringLiteral("emoji:%1:%2").arg(text, QString::number(font.pixelSize()));
        const QFontMetrics metrics(font);
        const QSize size(std::max(1, metrics.horizontalAdvance(text)), metrics.height());
        if (!m_document.resource(QTextDocument::ImageResource, QUrl(name)).isValid()) {
            QImage image(size, QImage::Format_ARGB32_Premultiplied);
            image.fill(Qt::transparent);
            QPainter painter(&image);
            painter.setFont(font);
            painter.drawText(image.rect(), Qt::AlignCenter, text);
            painter.end();
            m_document.addResource(QTextDocument::ImageResource, QUrl(name), image);
        }
        QTextImageFormat made;
        made.setName(name);
        made.setWidth(qreal(size.width()) / emojiScale);
        made.setHeight(qreal(size.height()) / emojiScale);
        made.setVerticalAlignment(QTextCharFormat::AlignBottom);
        // What is read aloud or searched in the PDF's place.
        made.setProperty(QTextFormat::ImageAltText, text);
        m_cursor.insertImage(made);
    }
    void picture(const MediaRecord &media)
    {
        block();
        const QImage image = media.hash.isEmpty() || media.hash.contains(QLatin1Char('/'))
                                 ? QImage()
                                 : PictureLoader::decode(m_media + QLatin1Char('/') + media.hash, pictureSize * 2);
        if (!image.isNull()) {
            const QString name = QStringLiteral("media:") + media.hash;
            m_document.addResource(QTextDocument::ImageResource, QUrl(name), image);
            const QSize size = image.size().scaled(pictureSize, Qt::KeepAspectRatio).boundedTo(image.size());
            QTextImageFormat made;
            made.setName(name);
            made.setWidth(size.width());
            made.setHeight(size.height());
            m_cursor.insertImage(made);
            block();
        }
        const QString text = media.description.isEmpty() ? tr("Attachment without a description") : media.description;
        write(QLatin1Char('[') + text + QLatin1Char(']'), format(Qt::darkGray));
    }

    QTextDocument &m_document;
    QTextCursor m_cursor;
    QString m_media;
    Time m_now;
};

} // namespace

QList<TextPiece> splitEmoji(const QString &text)
{
    QList<TextPiece> pieces;
    QTextBoundaryFinder finder(QTextBoundaryFinder::Grapheme, text);
    qsizetype start = 0;
    while (finder.toNextBoundary() >= 0) {
        const QString cluster = text.sliced(start, finder.position() - start);
        start = finder.position();
        const bool isPicture = isEmoji(cluster);
        if (!isPicture && !pieces.isEmpty() && !pieces.constLast().isEmoji)
            pieces.last().text += cluster;
        else if (!cluster.isEmpty())
            pieces.append({cluster, isPicture});
    }
    return pieces;
}

QFuture<Result<ConversationPrint>> readForPrint(Desk &desk, ConversationId conversation, int most)
{
    const AgentId me = desk.me();
    const Time now = desk.workspace().clock().now();
    return desk.workspace().read<ConversationPrint>(
        [conversation, me, now, most](Database &database) -> Result<ConversationPrint> {
            ConversationPrint print;
            const auto rows = loadConversations(database, {conversation}, me, now);
            if (!rows)
                return tl::unexpected(rows.error());
            if (rows->isEmpty())
                return fail(ErrorKind::notFound);
            print.conversation = rows->constFirst();
            // One more tells whether there are more.
            const auto messages = loadMessages(database, {conversation, {}, most + 1});
            const auto events = loadEvents(database, conversation, most + 1);
            const auto agents = loadAgents(database);
            const auto channels = loadChannels(database, true);
            if (!messages || !events || !agents || !channels)
                return fail(ErrorKind::io, QStringLiteral("the conversation could not be read"));
            print.isCut = messages->size() > most || events->size() > most;
            print.messages = messages->last(std::min<qsizetype>(most, messages->size()));
            print.events = events->last(std::min<qsizetype>(most, events->size()));
            print.agents = *agents;
            for (const ChannelRecord &channel : *channels) {
                if (channel.id == print.conversation.channel)
                    print.channel = channel.name;
            }
            return print;
        });
}

std::unique_ptr<QTextDocument> PrintDocument::make(const ConversationPrint &print, const QString &mediaFolder, Time now)
{
    auto document = std::make_unique<QTextDocument>();
    document->setUndoRedoEnabled(false);
    Writer writer(*document, mediaFolder, now);
    writer.head(print);
    if (print.isCut)
        writer.cut();
    QHash<qint64, QString> names;
    for (const AgentRecord &agent : print.agents)
        names.insert(agent.id.value, agent.name);
    qsizetype event = 0;
    const auto writeEventsUntil = [&](Time until) {
        for (; event < print.events.size() && print.events.at(event).at < until; ++event) {
            const QString sentence = Sentences::event(print.events.at(event), names);
            if (!sentence.isEmpty())
                writer.event(sentence, print.events.at(event).at);
        }
    };
    for (const MessageRecord &message : print.messages) {
        writeEventsUntil(message.sortAt);
        writer.message(message);
    }
    writeEventsUntil(Time::max());
    return document;
}

Done PrintDocument::writePdf(QTextDocument &document, const QString &path, const QString &title)
{
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly))
        return fail(ErrorKind::io, path);
    {
        QPdfWriter writer(&file);
        writer.setTitle(title);
        writer.setCreator(QStringLiteral("Earshot"));
        writer.setPageSize(QPageSize(QPageSize::A4));
        document.print(&writer);
    }
    if (file.error() != QFileDevice::NoError || file.size() == 0 || !commitWhole(file))
        return fail(ErrorKind::io, path);
    return {};
}

Done PrintDocument::printOn(QTextDocument &document, QPrinter &printer)
{
    if (!printer.isValid())
        return fail(ErrorKind::notFound);
    const QString path = printer.outputFileName();
    if (path.isEmpty()) {
        document.print(&printer);
        const QPrinter::PrinterState state = printer.printerState();
        return state == QPrinter::Error || state == QPrinter::Aborted ? Done(fail(ErrorKind::io)) : Done();
    }
    // A printer writes into no device of ours, and does not say whether the disk was full.
    const QTemporaryDir aside(QFileInfo(path).absolutePath() + QStringLiteral("/.earshot-XXXXXX"));
    if (!aside.isValid())
        return fail(ErrorKind::io, path);
    QFile written(aside.filePath(QStringLiteral("printed.pdf")));
    printer.setOutputFileName(written.fileName());
    document.print(&printer);
    QSaveFile file(path);
    if (!written.open(QIODevice::ReadOnly) || !file.open(QIODevice::WriteOnly))
        return fail(ErrorKind::io, path);
    const QByteArray content = written.readAll();
    const bool isWhole = content.trimmed().endsWith("%%EOF");
    return isWhole && file.write(content) == content.size() && commitWhole(file) ? Done() : fail(ErrorKind::io, path);
}

} // namespace Earshot

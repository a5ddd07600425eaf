// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "cli/output.h"

#include "desk/rowjson.h"

#include "cli/exitcodes.h"
#include "cli/terminaltext.h"
#include "model/words.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <cerrno>
#include <csignal>
#include <sys/ioctl.h>
#include <unistd.h>

namespace Earshot {

namespace {

bool isTerminal(std::FILE *file)
{
    return ::isatty(::fileno(file)) == 1;
}

/// 0 = as wide as needed.
int widthOf(std::FILE *file)
{
    winsize size{};
    if (!isTerminal(file) || ::ioctl(::fileno(file), TIOCGWINSZ, &size) != 0)
        return 0;
    return size.ws_col;
}

} // namespace

QJsonObject errorJson(const Error &error)
{
    QJsonObject inner{{QStringLiteral("kind"), word(error.kind)},
                      {QStringLiteral("detail"), error.detail.isEmpty() ? sentenceOf(error) : error.detail}};
    if (isKnown(error.until))
        inner.insert(QStringLiteral("until"), toIso(error.until));
    return inner;
}

Output::Output(std::FILE *out, std::FILE *err, bool isJson)
    : m_out(out)
    , m_err(err)
    , m_isJson(isJson)
{
    // A reader that went away is noticed by the write that fails, not by being killed.
    std::signal(SIGPIPE, SIG_IGN);
}

Output::~Output()
{
    endProgress();
}

void Output::raw(const QByteArray &bytes)
{
    if (m_isClosed || m_failure != 0)
        return;
    errno = 0;
    const auto size = static_cast<size_t>(bytes.size());
    if (std::fwrite(bytes.constData(), 1, size, m_out) != size)
        noteFailure(errno);
}

void Output::noteFailure(int number)
{
    if (number == EPIPE)
        m_isClosed = true;
    else
        m_failure = number != 0 ? number : EIO;
}

void Output::text(const QString &text)
{
    if (m_isJson)
        return;
    endProgress();
    QString safe = terminalText(text, true);
    if (!safe.endsWith(QLatin1Char('\n')))
        safe += QLatin1Char('\n');
    raw(safe.toUtf8());
}

void Output::table(const Table &table)
{
    text(table.toText(widthOf(m_out)));
}

void Output::json(const QJsonValue &value)
{
    if (m_isJson)
        raw(jsonText(value, true));
}

void Output::note(const QString &text)
{
    if (!m_isJson)
        invitation(text);
}

void Output::remark(const QString &text, const QJsonObject &json)
{
    if (m_isJson)
        sayLine(jsonText(json, false));
    else
        invitation(text);
}

void Output::invitation(const QString &text)
{
    sayLine(terminalText(text, true).toUtf8() + '\n');
}

void Output::sayLine(const QByteArray &line)
{
    endProgress();
    std::fwrite(line.constData(), 1, static_cast<size_t>(line.size()), m_err);
}

void Output::error(const Error &error)
{
    sayLine(m_isJson ? jsonText(QJsonObject{{QStringLiteral("error"), errorJson(error)}}, false)
                     : "earshotctl: " + terminalText(sentenceOf(error), true).toUtf8() + '\n');
    std::fflush(m_err);
}

Done Output::finish()
{
    endProgress();
    errno = 0;
    if (!m_isClosed && m_failure == 0 && std::fflush(m_out) != 0)
        noteFailure(errno);
    if (m_failure == 0)
        return {};
    return fail(m_failure == ENOSPC ? ErrorKind::diskFull : ErrorKind::io,
                QStringLiteral("standard output: ") + qt_error_string(m_failure));
}

void Output::progress(double share)
{
    const int percent = static_cast<int>(share * 100);
    if (m_isJson || percent == m_shown || !isTerminal(m_err))
        return;
    m_shown = percent;
    std::fprintf(m_err, "\r%3d %%", percent);
    std::fflush(m_err);
}

void Output::endProgress()
{
    if (m_shown < 0)
        return;
    m_shown = -1;
    std::fputs("\r      \r", m_err);
    std::fflush(m_err);
}

} // namespace Earshot

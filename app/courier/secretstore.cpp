// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "courier/secretstore.h"

#include "model/future.h"
#include "model/keychaindenied.h"
#include "workspace/wholefile.h"

#include <QFile>
#include <QHash>
#include <QJsonDocument>
#include <QJsonObject>
#include <QPromise>
#include <QTimer>

#include <qt6keychain/keychain.h>
#include <sodium.h>

namespace Earshot {

namespace {

constexpr int keychainPatienceMs = 20'000;

Error keychainError(const QKeychain::Job &job)
{
    const bool isDenied = job.error() == QKeychain::AccessDenied || job.error() == QKeychain::AccessDeniedByUser;
    return isDenied ? keychainDenied(job.errorString()) : Error{ErrorKind::noKeychain, job.errorString(), {}};
}

class KeychainStore final : public SecretStore
{
public:
    QFuture<Result<Secret>> read(const QString &name) override
    {
        auto *job = new QKeychain::ReadPasswordJob(QStringLiteral("earshot"), this);
        job->setKey(name);
        return run<Result<Secret>>(job, [job]() -> Result<Secret> {
            if (job->error() == QKeychain::EntryNotFound)
                return Secret();
            if (job->error() != QKeychain::NoError)
                return tl::unexpected(keychainError(*job));
            return Secret(job->binaryData());
        });
    }

    QFuture<Done> write(const QString &name, Secret secret) override
    {
        auto *job = new QKeychain::WritePasswordJob(QStringLiteral("earshot"), this);
        job->setKey(name);
        job->setBinaryData(secret.reveal());
        return run<Done>(job, [job]() -> Done {
            return job->error() == QKeychain::NoError ? Done() : Done(tl::unexpected(keychainError(*job)));
        });
    }

    QFuture<Done> remove(const QString &name) override
    {
        auto *job = new QKeychain::DeletePasswordJob(QStringLiteral("earshot"), this);
        job->setKey(name);
        return run<Done>(job, [job]() -> Done {
            const bool isGone = job->error() == QKeychain::NoError || job->error() == QKeychain::EntryNotFound;
            return isGone ? Done() : Done(tl::unexpected(keychainError(*job)));
        });
    }

private:
    /// Starts the job; a keychain that never answers (a prompt nobody sees) ends as one that is locked.
    template <class T>
    QFuture<T> run(QKeychain::Job *job, std::function<T()> answer)
    {
        struct Pending
        {
            QPromise<T> promise;
            bool isDone = false;
            void finish(T value)
            {
                if (std::exchange(isDone, true))
                    return;
                promise.addResult(std::move(value));
                promise.finish();
            }
        };
        auto pending = std::make_shared<Pending>();
        pending->promise.start();
        connect(job, &QKeychain::Job::finished, this, [pending, answer] { pending->finish(answer()); });
        QTimer::singleShot(keychainPatienceMs, this, [pending] {
            pending->finish(tl::unexpected(keychainDenied(QStringLiteral("it does not answer"))));
        });
        QFuture<T> future = pending->promise.future();
        job->start();
        return future;
    }
};

Done saveFile(const QString &path, const QByteArray &bytes)
{
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly))
        return fail(ErrorKind::noKeychain, path + QStringLiteral(": ") + file.errorString());
    file.setPermissions(QFile::ReadOwner | QFile::WriteOwner);
    if (file.write(bytes) != bytes.size() || !commitWhole(file))
        return fail(ErrorKind::noKeychain, path + QStringLiteral(": ") + file.errorString());
    return {};
}

class FileStore final : public SecretStore
{
public:
    explicit FileStore(QString keyFile)
        : m_keyFile(std::move(keyFile))
    {
    }

    QFuture<Result<Secret>> read(const QString &name) override
    {
        const Result<QJsonObject> secrets = load();
        if (!secrets)
            return readyFuture<Result<Secret>>(tl::unexpected(secrets.error()));
        const QString value = secrets->value(name).toString();
        return readyFuture<Result<Secret>>(Secret(QByteArray::fromBase64(value.toLatin1())));
    }

    QFuture<Done> write(const QString &name, Secret secret) override
    {
        return readyFuture<Done>(change(
            [&](QJsonObject &secrets) { secrets.insert(name, QString::fromLatin1(secret.reveal().toBase64())); }));
    }

    QFuture<Done> remove(const QString &name) override
    {
        return readyFuture<Done>(change([&](QJsonObject &secrets) { secrets.remove(name); }));
    }

private:
    [[nodiscard]] QString secretsPath() const { return m_keyFile + QStringLiteral(".secrets"); }

    [[nodiscard]] Result<QJsonObject> load()
    {
        if (sodium_init() < 0)
            return fail(ErrorKind::noKeychain, QStringLiteral("libsodium does not start"));
        QFile file(secretsPath());
        if (!file.exists())
            return QJsonObject();
        const Result<Secret> secretKey = readKeyFile(m_keyFile, false);
        if (!secretKey)
            return tl::unexpected(secretKey.error());
        if (!file.open(QIODevice::ReadOnly))
            return fail(ErrorKind::noKeychain, file.errorString());
        const QByteArray box = file.readAll();
        constexpr qsizetype overhead = crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES;
        QByteArray text(std::max<qsizetype>(box.size() - overhead, 0), '\0');
        const auto *bytes = reinterpret_cast<const unsigned char *>(box.constData());
        const bool isOpen = box.size() >= overhead &&
                            crypto_secretbox_open_easy(
                                reinterpret_cast<unsigned char *>(text.data()), bytes + crypto_secretbox_NONCEBYTES,
                                quint64(box.size() - qsizetype(crypto_secretbox_NONCEBYTES)), bytes,
                                reinterpret_cast<const unsigned char *>(secretKey->reveal().constData())) == 0;
        if (!isOpen)
            return fail(ErrorKind::noKeychain,
                        QStringLiteral("%1 does not open with this key file").arg(file.fileName()));
        return QJsonDocument::fromJson(text).object();
    }

    [[nodiscard]] Done change(const std::function<void(QJsonObject &)> &edit)
    {
        Result<QJsonObject> secrets = load();
        if (!secrets)
            return tl::unexpected(secrets.error());
        edit(*secrets);
        const Result<Secret> secretKey = readKeyFile(m_keyFile, true);
        if (!secretKey)
            return tl::unexpected(secretKey.error());
        const QByteArray text = QJsonDocument(*secrets).toJson(QJsonDocument::Compact);
        QByteArray box(text.size() + qsizetype(crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES), '\0');
        auto *bytes = reinterpret_cast<unsigned char *>(box.data());
        randombytes_buf(bytes, crypto_secretbox_NONCEBYTES);
        crypto_secretbox_easy(bytes + crypto_secretbox_NONCEBYTES,
                              reinterpret_cast<const unsigned char *>(text.constData()), quint64(text.size()), bytes,
                              reinterpret_cast<const unsigned char *>(secretKey->reveal().constData()));
        return saveFile(secretsPath(), box);
    }

    QString m_keyFile;
};

class MemoryStore final : public SecretStore
{
public:
    QFuture<Result<Secret>> read(const QString &name) override
    {
        return readyFuture<Result<Secret>>(m_secrets.value(name));
    }
    QFuture<Done> write(const QString &name, Secret secret) override
    {
        m_secrets.insert(name, std::move(secret));
        return readyFuture<Done>({});
    }
    QFuture<Done> remove(const QString &name) override
    {
        m_secrets.remove(name);
        return readyFuture<Done>({});
    }

private:
    QHash<QString, Secret> m_secrets;
};

} // namespace

Result<Secret> readKeyFile(const QString &keyFile, bool mayMake)
{
    if (sodium_init() < 0)
        return fail(ErrorKind::noKeychain, QStringLiteral("libsodium does not start"));
    QFile file(keyFile);
    if (file.open(QIODevice::ReadOnly)) {
        const QByteArray key = file.read(crypto_secretbox_KEYBYTES + 1);
        if (key.size() != int(crypto_secretbox_KEYBYTES))
            return fail(ErrorKind::noKeychain, QStringLiteral("%1 is not a key file of Earshot").arg(keyFile));
        return Secret(key);
    }
    if (!mayMake || file.exists())
        return fail(ErrorKind::noKeychain, keyFile + QStringLiteral(": ") + file.errorString());
    QByteArray key(crypto_secretbox_KEYBYTES, '\0');
    randombytes_buf(key.data(), size_t(key.size()));
    if (Done done = saveFile(keyFile, key); !done)
        return tl::unexpected(done.error());
    return Secret(key);
}

QString secretNameOf(const QString &workspace, qint64 channel)
{
    return workspace + QLatin1Char('/') + QString::number(channel);
}

std::unique_ptr<SecretStore> makeKeychainStore()
{
    return std::make_unique<KeychainStore>();
}

std::unique_ptr<SecretStore> makeFileStore(const QString &keyFile)
{
    return std::make_unique<FileStore>(keyFile);
}

std::unique_ptr<SecretStore> makeMemoryStore()
{
    return std::make_unique<MemoryStore>();
}

} // namespace Earshot
